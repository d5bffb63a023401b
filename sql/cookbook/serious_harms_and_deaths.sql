-- title: Serious adverse events and deaths
-- topic: safety
-- question: How many people in each arm had a serious adverse event, and how many died?
-- note: Zero means that the registry counts nobody; reports that say nothing are in `harms_not_reported`.
-- answer: study_id varchar, arm_label varchar, item varchar, n_affected integer, n_at_risk integer, pct double,
--         time_frame varchar, source varchar, source_id varchar
select
    study_id,
    arm_label,
    item,
    n_affected,
    n_at_risk,
    pct,
    time_frame,
    source,
    source_id
from evidence.safety
where item in ('any_serious', 'death') and n_affected is not null and integrity <> 'retracted'
order by study_id, item, source desc, arm_label, row_id;
