-- title: Who is kept out of trials
-- topic: people
-- question: How many registered trials exclude people with psychosis, bipolar disorder, substance use, high blood
--     pressure, pregnancy or earlier ketamine?
-- note: Not named never means allowed.
-- answer: condition varchar, trials bigint, excluded bigint, allowed bigint, not_named bigint
with criteria as (
    unpivot (
        select
            study_id,
            coalesce(psychosis, 'not named') as psychosis,
            coalesce(bipolar, 'not named') as bipolar_disorder,
            coalesce(substance_use, 'not named') as substance_use,
            coalesce(uncontrolled_hypertension, 'not named') as uncontrolled_hypertension,
            coalesce(pregnancy, 'not named') as pregnancy,
            coalesce(prior_ketamine, 'not named') as earlier_ketamine
        from evidence.patient_selection
        where source = 'registry' and integrity <> 'retracted'
    )
    on psychosis, bipolar_disorder, substance_use, uncontrolled_hypertension, pregnancy, earlier_ketamine
    into name condition value decision
)

select
    condition,
    count(distinct study_id) as trials,
    count(distinct study_id) filter (decision = 'excluded') as excluded,
    count(distinct study_id) filter (decision = 'allowed') as allowed,
    count(distinct study_id) filter (decision = 'not named') as not_named
from criteria
group by condition
order by excluded desc, condition;
