-- title: Registered outcomes never reported
-- topic: registry
-- question: Which outcomes on mood did finished trials register, and then neither post nor publish?
-- note: Plan and results are joined by instrument, since titles differ. An outcome is listed when the trial has
--     neither results nor a linked paper, when the registry itself says that its results are not posted, or when
--     results are posted and none of them can be on its instrument. Papers are read by title and abstract only: with
--     papers above 0, look there before saying `never`.
-- answer: study_id varchar, nct_id varchar, outcome_type varchar, outcome_title varchar, instrument varchar,
--         time_frame varchar, why varchar, papers bigint
with finished as (
    select study_id, nct_id, has_results, n_reports
    from evidence.trial_pipeline
    where stage in ('completed', 'stopped', 'unknown')
),

outcomes as (
    select outcome.*, finished.has_results, finished.n_reports
    from evidence.outcome_measures as outcome
    join finished using (study_id, nct_id)
    where outcome.is_about_mood
),

may_be_on_any_instrument as (
    select distinct nct_id
    from outcomes
    where is_posted and instrument is null
),

posted as (
    select distinct nct_id, instrument
    from outcomes
    where is_posted and instrument is not null
),

published as (
    select distinct nct_id, 'primary' as outcome_type
    from evidence.registry_comparisons
    where item = 'primary_outcome' and verdict = 'agrees'
),

unreported as (
    select
        outcomes.*,
        case
            when not has_results then 'neither results nor paper'
            when is_posted then 'the registry says that its results are not posted'
            else 'results are posted, none on this instrument'
        end as why
    from outcomes
    anti join published using (nct_id, outcome_type)
    left join posted using (nct_id, instrument)
    left join may_be_on_any_instrument using (nct_id)
    where
        (not has_results and n_reports = 0 and not is_posted)
        or (is_posted and results_status = 'not posted')
        or (
            has_results
            and not is_posted
            and instrument is not null
            and posted.nct_id is null
            and may_be_on_any_instrument.nct_id is null
        )
)

select
    study_id,
    nct_id,
    outcome_type,
    outcome_title,
    instrument,
    time_frame,
    why,
    n_reports as papers
from unreported
order by study_id, outcome_type, outcome_title, row_id;
