-- title: What a human should look at
-- topic: evidence
-- question: Which documents do the rules doubt?
-- answer: source varchar, source_id varchar, title varchar, reported_year bigint, reason varchar
select source, source_id, title, reported_year, reason
from evidence.screening
where decision = 'needs review'
order by source, reported_year desc, source_id;
