-- title: How response, remission and relapse were defined
-- topic: durability
-- question: Which thresholds and instruments define response, remission and relapse, and in how many studies?
-- note: Words stand as written: rates under two definitions are never to be merged.
-- answer: outcome_kind varchar, instrument varchar, threshold varchar, studies bigint, study_ids varchar[]
select
    outcome_kind,
    instrument,
    threshold,
    count(distinct study_id) as studies,
    list(distinct study_id order by study_id) as study_ids
from evidence.durability_of_effect
where outcome_kind in ('response', 'remission', 'relapse') and threshold is not null and integrity <> 'retracted'
group by outcome_kind, instrument, threshold
order by outcome_kind, studies desc, instrument, threshold;
