-- title: What was found and left out, and why
-- topic: evidence
-- question: How many documents of each source were included or left out, for which reason?
-- answer: source varchar, decision varchar, reason varchar, documents bigint
select source, decision, reason, count(*) as documents
from evidence.screening
group by source, decision, reason
order by source, decision, documents desc, reason;
