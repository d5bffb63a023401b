-- bridge._treatment_course
-- grain: one row per document and arm whose (es)ketamine regimens state how long treatment lasted; arm NULL for the whole
-- reads: core.regimen, core.publication, core.registration, core.arm
-- answers: when was the last dose given, counted from the first?
-- Only where every regimen says so and all agree: a single session, or one length of course. A maintenance regimen, or one
-- that states neither, leaves the last dose open. One row speaks for the document where its arms agree. Where the text names
-- a further phase of treatment, or a regimen its phase, the course is that of one phase: what lies within it was on the drug,
-- but its end is not the last dose (`is_last` is false).
create table bridge._treatment_course as
with texts as (
    select 'pubmed' as source, pmid as source_id, concat_ws(' ', title, abstract) as words from core.publication
    union all
    select
        'ctgov', registration.nct_id,
        concat_ws(' ', brief_title, official_title, brief_summary, detailed_description, arms.words)
    from core.registration as registration
    left join (
        select nct_id, string_agg(concat_ws(' ', label, description), ' ' order by ordinal) as words
        from core.arm
        group by nct_id
    ) as arms using (nct_id)
),

prolonged as (
    select source, source_id
    from texts
    where regexp_matches(words,
        '(?i)maintenance|optimi[sz]ation|continuation|\bextension|re-?treatment|\bbooster|randomi[sz]ed withdrawal'
        || '|long-?\s?term (treatment|esketamine|ketamine|safety|use|extension)'
        || '|(additional|further|subsequent|optional|repeated?) (open[- ]label )?(ketamine |esketamine )?'
        || '(infusions?|doses|dosing|injections?|treatments?|courses?)'
        || '|continued (on )?(treatment|esketamine|ketamine|dosing)')
),

regimens as (
    select
        regimen.*,
        phase is null and prolonged.source_id is null as is_last,
        sessions = 1 and sessions_max is null and per_week is null as is_single,
        case when sessions = 1 and sessions_max is null and per_week is null then 0 else course_days end as days
    from core.regimen as regimen
    left join prolonged using (source, source_id)
),

by_arm as (
    select source, source_id, arm, min(entity_id) as entity_id, any_value(days) as days, bool_and(is_single) as is_single,
        bool_and(is_last) as is_last, max(infusion_minutes) as infusion_minutes
    from regimens
    where arm is not null
    group by source, source_id, arm
    having count(days) = count(*) and count(distinct days) = 1 and not bool_or(coalesce(phase, '') = 'maintenance')
),

whole as (
    select source, source_id, null as arm, min(entity_id) as entity_id, any_value(days) as days,
        bool_and(is_single) as is_single, bool_and(is_last) as is_last, max(infusion_minutes) as infusion_minutes
    from regimens
    group by source, source_id
    having count(days) = count(*) and count(distinct days) = 1 and not bool_or(coalesce(phase, '') = 'maintenance')
)

select * from by_arm
union all
select * from whole;

comment on table bridge._treatment_course is
    'One row per document and arm whose regimens all say how long treatment lasted, and agree: when was the last dose, counted from the first?';
comment on column bridge._treatment_course.source is 'pubmed or ctgov.';
comment on column bridge._treatment_course.source_id is 'PMID or NCT id.';
comment on column bridge._treatment_course.arm is 'Label of the arm; NULL for the whole document.';
comment on column bridge._treatment_course.entity_id is 'Regimen whose reading is quoted for it.';
comment on column bridge._treatment_course.days is 'Length of the course in days; 0 for a single session.';
comment on column bridge._treatment_course.is_single is 'Whether it is a single session.';
comment on column bridge._treatment_course.is_last is 'Whether the end of the course is the last dose: false where regimen or text names a phase.';
comment on column bridge._treatment_course.infusion_minutes is 'Longest stated length of one administration in minutes.';
