-- bridge._treatment_time
-- grain: one row per statement on durability: posted measurement, rate, time to relapse or lasting effect
-- reads: core.reading, core.rate, core.time_to_relapse, core.effect_duration, core.follow_up, core.design,
--        bridge._posted_outcome, bridge._posted_score, bridge._outcome_measure, bridge._treatment_course
-- answers: how long after the first and the last dose was it seen, and was the drug still being given?
-- The rule, in this order; the first that applies decides, and `treatment_basis` says which:
--   1  A score headed Baseline was taken before the first dose: unknown.
--   2  In a randomised withdrawal the arm that keeps ketamine is on the drug, the arm on placebo is off it.
--   3  The words of the heading, else of the title (ref.treatment_status_in); after a single session words on treatment say nothing.
--   4  The words of the time frame, of the abstract the words of the time.
--   5  A time counted from the last dose is drug-free; a frame of several times leaves open which counts from it.
--   6  After a single session everything later than its infusion is drug-free.
--   7  Against a stated course: within it on the drug, beyond it drug-free; an event that was counted over the whole time
--      from the first dose to beyond the course is mixed.
--   8  Else unknown. Nothing is assumed of a course that no regimen states, or of what follows one that a further phase
--      prolongs.
-- The status is that of the arm's own treatment: in a placebo arm placebo. Days after a dose are stated where the words
-- say what they count from (title `24 hours after the first dose`), and derived with the length of a stated course, whose
-- end stands for the last dose. After a single session, or where the time is that of the stated follow-up, the zero is known.
create table bridge._treatment_time as
with posted as (
    select entity_id, nct_id, arm, outcome_kind, measure, title, heading, time_frame, time_anchor, time_days, time_words,
        time_field, value, value_text, unit_in_lower_case, pointer, outcome_pointer, false as is_baseline
    from bridge._posted_outcome
    union all by name
    select entity_id, nct_id, arm, outcome_kind, measure, title, heading, time_frame, time_anchor, time_days, time_words,
        time_field, value, value_text, unit_in_lower_case, pointer, outcome_pointer, is_baseline
    from bridge._posted_score
),

-- what a title says that it changed from is no zero of time
posted_anchors as (
    select
        *,
        -- from baseline onwards all times count from there; from the last dose only the one that is named with it
        time_anchor = 'first_dose' and not regexp_matches(lower(time_frame), '\beach\b')
            or time_anchor = 'last_dose' and (ref.names_one_time(time_frame) or measure = 'time') as is_frame_anchored,
        regexp_replace(lower(concat_ws(' ', heading, title)), 'baseline|randomi[sz]\w*|enrol\w*|pre-?treatment', ' ', 'g')
            as words_on_dose
    from posted
),

posted_statements as (
    select
        entity_id,
        'ctgov' as source,
        nct_id as source_id,
        arm,
        outcome_kind,
        heading as heading_words,
        title as title_words,
        time_frame as frame_words,
        is_baseline,
        measure = 'time' as is_time,
        case
            when is_baseline then 0
            when measure = 'time' then value * case
                when starts_with(unit_in_lower_case, 'day') then 1
                when starts_with(unit_in_lower_case, 'week') then 7
                when starts_with(unit_in_lower_case, 'month') then 30
                when starts_with(unit_in_lower_case, 'year') then 365
            end
            else time_days
        end as days,
        case
            when is_frame_anchored then time_anchor
            when ref.anchor_in(words_on_dose) in ('first_dose', 'last_dose') then ref.anchor_in(words_on_dose)
            else 'unspecified'
        end as anchor,
        case
            when is_frame_anchored then outcome_pointer || '/timeFrame'
            when ref.anchor_in(words_on_dose) in ('first_dose', 'last_dose') then outcome_pointer || '/title'
        end as anchor_field,
        case
            when is_frame_anchored then time_frame
            when ref.anchor_in(words_on_dose) in ('first_dose', 'last_dose') then title
        end as anchor_words,
        case when measure = 'time' then pointer else time_field end as time_field,
        case when measure = 'time' then value_text else time_words end as time_words
    from posted_anchors
),

-- the time of an abstract's statement; where it is the follow-up's, the follow-up says what it is counted from
stated as (
    select entity_id, source, source_id, arm, kind as outcome_kind, time_days as days, 'time_days' as attribute
    from core.rate
    union all
    select entity_id, source, source_id, arm, 'relapse', days, 'days' from core.time_to_relapse
    union all
    select entity_id, source, source_id, null, null, days, 'days' from core.effect_duration
),

abstract_statements as (
    select
        stated.entity_id,
        stated.source,
        stated.source_id,
        stated.arm,
        stated.outcome_kind,
        null as heading_words,
        null as title_words,
        reading.quote as frame_words,
        false as is_baseline,
        stated.attribute = 'days' and stated.outcome_kind = 'relapse' as is_time,
        stated.days,
        case
            when ref.anchor_in(reading.quote) in ('first_dose', 'last_dose') and ref.names_one_time(reading.quote)
                then ref.anchor_in(reading.quote)
            when follow_up.days = stated.days then follow_up.anchor
            else 'unspecified'
        end as anchor,
        null as anchor_field,
        null as anchor_words,
        null as time_field,
        null as time_words
    from stated
    left join core.reading as reading
        on reading.entity_id = stated.entity_id and reading.attribute = stated.attribute and reading.ordinal = 1
    left join core.follow_up as follow_up
        on follow_up.source = stated.source and follow_up.source_id = stated.source_id
),

statements as (
    select * from posted_statements
    union all by name
    select * from abstract_statements
),

designs as (
    select source, source_id, min(design) as design from core.design group by source, source_id
),

placed as (
    select
        statements.*,
        coalesce(designs.design, '') as design,
        coalesce(by_arm.entity_id, whole.entity_id) as course_entity_id,
        coalesce(by_arm.days, whole.days) as course_days,
        coalesce(by_arm.is_single, whole.is_single, false)
            and coalesce(by_arm.is_last, whole.is_last)
            -- pooled studies and protocols have no dose of their own that time could be counted from
            and coalesce(designs.design, '') not in ('meta_analysis', 'review', 'protocol', 'other')
            as is_single,
        coalesce(by_arm.is_last, whole.is_last, false) as is_last,
        coalesce(by_arm.infusion_minutes, whole.infusion_minutes, 0) / 1440 as infusion_days
    from statements
    left join designs on designs.source = statements.source and designs.source_id = statements.source_id
    left join bridge._treatment_course as by_arm
        on by_arm.source = statements.source and by_arm.source_id = statements.source_id and by_arm.arm = statements.arm
    left join bridge._treatment_course as whole
        on whole.source = statements.source and whole.source_id = statements.source_id and whole.arm is null
),

counted as (
    select
        *,
        case
            when is_baseline then 0
            when anchor = 'first_dose' or is_single then days
            when anchor = 'last_dose' and is_last then days + course_days
        end as days_after_first_dose,
        case
            when is_baseline then null
            when anchor = 'last_dose' or is_single then days
            when anchor = 'first_dose' and is_last and days > course_days then days - course_days
        end as days_after_last_dose,
        anchor is distinct from 'first_dose' and not is_baseline as is_first_derived,
        anchor is distinct from 'last_dose' as is_last_derived,
        coalesce(
            case when is_single then nullif(ref.treatment_status_in(heading_words), 'on_drug')
                else ref.treatment_status_in(heading_words) end,
            case when is_single then nullif(ref.treatment_status_in(title_words), 'on_drug')
                else ref.treatment_status_in(title_words) end
        ) as status_of_title,
        case
            when is_single then nullif(ref.treatment_status_in(frame_words), 'on_drug')
            -- of several times not all need be after the last dose that the words name
            when ref.treatment_status_in(frame_words) = 'drug_free' and days is not null and not is_time
                and not ref.names_one_time(frame_words) then null
            else ref.treatment_status_in(frame_words)
        end as status_of_frame,
        design = 'rct_withdrawal'
            and (
                outcome_kind in ('relapse', 'relapse_free')
                or regexp_matches(concat_ws(' ', heading_words, title_words, frame_words), '(?i)maintenance|withdrawal')
            ) as is_withdrawal,
        regexp_matches(arm, '(?i)placebo|saline|sham|discontinu|withdrawn') as is_off_arm,
        -- counted over the whole time and not at its end
        coalesce(is_time or outcome_kind in ('relapse', 'relapse_free', 'sustained_response', 'sustained_remission'), false)
            as is_spanning
    from placed
),

ruled as (
    select
        *,
        case
            when is_baseline then 'before the first dose'
            when is_withdrawal and (is_off_arm or ref.drug_in(arm) is not null) then 'arm of a randomised withdrawal'
            when is_withdrawal then null
            when status_of_title is not null then 'words of the outcome'
            when status_of_frame is not null then 'words of the time'
            when anchor = 'last_dose' then 'counted from the last dose'
            when is_single and days is not null then 'after a single session'
            when anchor = 'first_dose' and days <= course_days then 'time against the course'
            -- beyond the course whatever it is counted from; the length of a time to relapse needs its zero
            when is_last and days > course_days and (anchor = 'first_dose' or not is_time) then 'time against the course'
        end as basis
    from counted
),

decided as (
    select
        *,
        case basis
            when 'arm of a randomised withdrawal' then case when is_off_arm then 'drug_free' else 'on_drug' end
            when 'words of the outcome' then status_of_title
            when 'words of the time' then status_of_frame
            when 'counted from the last dose' then 'drug_free'
            when 'after a single session' then case when days > infusion_days then 'drug_free' else 'on_drug' end
            when 'time against the course' then case
                when days <= course_days then 'on_drug'
                when is_spanning then 'mixed'
                else 'drug_free'
            end
            else 'unknown'
        end as treatment_status
    from ruled
)

select
    entity_id,
    days_after_first_dose,
    days_after_last_dose,
    is_first_derived,
    is_last_derived,
    treatment_status,
    basis as treatment_basis,
    case
        when days_after_last_dose is null and (is_baseline or treatment_status = 'on_drug') then 'not applicable'
    end as last_dose_absence,
    ---------- on which words that rests
    time_field,
    time_words,
    anchor_field,
    anchor_words,
    course_entity_id,
    case when is_single then 'sessions' else 'course_days' end as course_attribute
from decided;

comment on table bridge._treatment_time is
    'One row per statement on durability: how long after the first and the last dose was it seen, and was the drug still being given?';
comment on column bridge._treatment_time.entity_id is 'Statement: entity of core, bridge._posted_outcome or bridge._posted_score.';
comment on column bridge._treatment_time.days_after_first_dose is 'Days after the first dose, stated or derived.';
comment on column bridge._treatment_time.days_after_last_dose is 'Days after the last dose, stated or derived.';
comment on column bridge._treatment_time.is_first_derived is 'Whether days_after_first_dose is arithmetic on a stated course, or rests on there being one session only.';
comment on column bridge._treatment_time.is_last_derived is 'Whether days_after_last_dose is.';
comment on column bridge._treatment_time.treatment_status is 'on_drug, drug_free, mixed or unknown.';
comment on column bridge._treatment_time.treatment_basis is 'Which rule decided; NULL for unknown without one.';
comment on column bridge._treatment_time.last_dose_absence is 'not applicable where the last dose was still to come.';
comment on column bridge._treatment_time.time_field is 'JSON pointer of the time; NULL for abstracts, whose reading is quoted.';
comment on column bridge._treatment_time.time_words is 'Words there.';
comment on column bridge._treatment_time.anchor_field is 'JSON pointer of the words that say what the time is counted from.';
comment on column bridge._treatment_time.anchor_words is 'Words there.';
comment on column bridge._treatment_time.course_entity_id is 'Regimen whose course or session was used.';
comment on column bridge._treatment_time.course_attribute is 'sessions or course_days: its reading.';
