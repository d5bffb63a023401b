-- evidence.study_overview
-- grain: one row per study
-- reads: core.study, core.registration, core.regimen, core.population, core.comparator, bridge._report, bridge._sample,
--        bridge._registry_regimen
-- answers: which studies are there, by whom, of what, in how many, and where do they stand?
create view evidence.study_overview as
with reports as (
    select
        study_id,
        ---------- decision
        bool_or(is_standing) as is_included,
        bool_or(is_standing and is_doubtful) and not bool_or(is_standing and not is_doubtful) as needs_review,
        -- a registration, or a paper on people that no other paper reported first
        bool_or(is_standing and not is_secondary) as is_own_sample,
        bool_or(is_shown) and not bool_or(is_standing) as is_withdrawn,
        arg_min(reason, (not is_standing, not is_shown, is_doubtful, source != 'pubmed', place)) filter (not is_notice) as reason,
        ---------- reports
        count(*) filter (source = 'pubmed' and not is_notice and integrity != 'retracted') as n_reports,
        count(*) filter (source = 'pubmed' and integrity = 'retracted') as n_retracted,
        count(*) filter (is_notice) as n_notices,
        list(distinct integrity order by integrity) filter (not is_notice and integrity != 'current') as concerns,
        arg_min(
            'pubmed ' || source_id || ': ' || integrity_source,
            (list_position(['retracted', 'expression_of_concern', 'duplicate', 'corrected'], integrity), source_id)
        ) filter (integrity in ('retracted', 'expression_of_concern', 'duplicate', 'corrected')) as integrity_source,
        min(reported_on) filter (source = 'pubmed' and not is_notice) as first_reported_on,
        max(reported_on) filter (source = 'pubmed' and not is_notice) as last_reported_on,
        ---------- what speaks for the study
        arg_min(title, place) filter (source = 'pubmed' and is_standing and not is_secondary) as primary_title,
        arg_min(title, place) filter (source = 'pubmed' and not is_notice) as any_title,
        -- a primary source before a secondary analysis; structure before text, but it knows no randomised withdrawal
        arg_min(design, (is_secondary, design != 'rct_withdrawal', source != 'ctgov', place))
            filter (design is not null and is_standing) as design
    from bridge._report
    group by study_id
),

registrations as (
    select
        report.study_id,
        arg_min(registration.brief_title, nct_id) as title,
        arg_min(registration.lead_sponsor, nct_id) as sponsor,
        arg_min(registration.sponsor_class, nct_id) as sponsor_class,
        arg_min(registration.status, nct_id) as status,
        bool_or(registration.has_results) as has_results,
        min(registration.start_earliest) as started_on,
        max(registration.completion_earliest) as completed_on
    from bridge._report as report
    join core.registration on report.source = 'ctgov' and registration.nct_id = report.source_id
    group by report.study_id
),

drugs as (
    select source, source_id, drug, route from core.regimen
    union all
    select 'ctgov', nct_id, drug, null from bridge._registry_regimen
),

treatments as (
    select
        report.study_id,
        list(distinct drugs.drug order by drugs.drug) as drugs,
        list(distinct drugs.route order by drugs.route) filter (drugs.route is not null) as routes
    from bridge._report as report
    join drugs using (source, source_id)
    where report.is_standing
    group by report.study_id
),

populations as (
    select report.study_id, list(distinct population order by population) as populations
    from bridge._report as report
    join core.population using (source, source_id)
    where report.is_standing
    group by report.study_id
),

comparators as (
    select report.study_id, list(distinct comparator order by comparator) as comparators
    from bridge._report as report
    join core.comparator using (source, source_id)
    where report.is_standing
    group by report.study_id
),

-- actual enrolment, else what the first standing report states, primary before secondary, else the planned enrolment
samples as (
    select report.study_id, sample.n, sample.basis, sample.source, sample.source_id
    from bridge._report as report
    join bridge._sample as sample using (source, source_id)
    where sample.is_total
        and (report.is_standing or report.source = 'ctgov')
        -- the number of a paper on several trials is that of all of them together
        and (report.source = 'ctgov' or report.n_studies = 1)
    qualify row_number() over (
        partition by report.study_id
        order by sample.basis = 'planned', report.is_secondary, sample.source != 'ctgov', report.place, sample.entity_id
    ) = 1
)

select
    ---------- ids
    study.study_id,
    study.nct_ids,
    study.registry_ids,
    study.pmids,
    ---------- what
    coalesce(reports.primary_title, registrations.title, reports.any_title) as title,
    year(coalesce(reports.first_reported_on, registrations.started_on)) as year,
    reports.design,
    ref.without_catch_all(populations.populations, 'other') as populations,
    coalesce(treatments.drugs, []) as drugs,
    coalesce(treatments.routes, []) as routes,
    ref.without_catch_all(comparators.comparators, 'none') as comparators,
    ---------- people
    samples.n,
    samples.basis as n_basis,
    case samples.source when 'ctgov' then 'registry' when 'pubmed' then 'abstract' end as n_source,
    ---------- registration
    registrations.sponsor,
    registrations.sponsor_class,
    registrations.status,
    coalesce(registrations.has_results, false) as has_results,
    registrations.started_on,
    registrations.completed_on,
    ---------- decision
    coalesce(reports.is_included, false) as is_included,
    coalesce(reports.needs_review, false) as needs_review,
    coalesce(reports.is_own_sample, false) as is_own_sample,
    case when reports.is_withdrawn then 'retracted: ' || reports.reason else reports.reason end as reason,
    ---------- reports
    coalesce(reports.n_reports, 0) as n_reports,
    coalesce(reports.n_retracted, 0) as n_retracted,
    coalesce(reports.n_notices, 0) as n_notices,
    case
        when list_contains(reports.concerns, 'retracted') then 'retracted'
        when list_contains(reports.concerns, 'expression_of_concern') then 'expression_of_concern'
        when list_contains(reports.concerns, 'duplicate') then 'duplicate'
        when list_contains(reports.concerns, 'corrected') then 'corrected'
        else 'current'
    end as integrity,
    reports.integrity_source,
    reports.first_reported_on,
    reports.last_reported_on
from core.study
left join reports using (study_id)
left join registrations using (study_id)
left join treatments using (study_id)
left join populations using (study_id)
left join comparators using (study_id)
left join samples using (study_id)
order by study.study_id;

comment on view evidence.study_overview is
    'One row per study: which studies are there, by whom, of what, in how many, and where do they stand?';
comment on column evidence.study_overview.study_id is 'Id of the study: the first NCT id, else the first other registry id, else PMID + PubMed id. Ids of earlier releases resolve in core.study_member.';
comment on column evidence.study_overview.nct_ids is 'NCT ids whose registrations the release holds.';
comment on column evidence.study_overview.registry_ids is 'Ids of every registry under which the study is known.';
comment on column evidence.study_overview.pmids is 'PMIDs of its publications, notices among them.';
comment on column evidence.study_overview.title is 'Title of the primary report, else of the registration, else of any other report.';
comment on column evidence.study_overview.year is 'Year of the first report, else of the start of the study.';
comment on column evidence.study_overview.design is 'Design of the study: of a primary source before a secondary analysis, of the registry''s structure before text, but a randomised withdrawal as soon as one says so; NULL when no standing report tells.';
comment on column evidence.study_overview.populations is 'Who was studied, over all standing reports: trd, mdd, bipolar, suicidal, …; other only where no report is more precise.';
comment on column evidence.study_overview.drugs is 'Forms of ketamine, over all standing reports: ketamine, esketamine, arketamine.';
comment on column evidence.study_overview.routes is 'Routes, over all standing reports.';
comment on column evidence.study_overview.comparators is 'Comparators, over all standing reports; none only where no report names one.';
comment on column evidence.study_overview.n is 'Number of people: actual enrolment of the registration, else as the first standing report states it, else planned enrolment; see n_basis. Add up only where is_own_sample. NULL when all reports are retracted.';
comment on column evidence.study_overview.n_basis is 'Whom n counts: enrolled and planned are the registry''s ACTUAL and ESTIMATED.';
comment on column evidence.study_overview.n_source is 'registry or abstract.';
comment on column evidence.study_overview.sponsor is 'Lead sponsor; NULL without a registration.';
comment on column evidence.study_overview.sponsor_class is 'INDUSTRY, NIH, OTHER, …; NULL without a registration.';
comment on column evidence.study_overview.status is 'Overall status of the registration in the registry''s words: TERMINATED, SUSPENDED and WITHDRAWN say how far the trial came, not whether a report stands.';
comment on column evidence.study_overview.has_results is 'Whether results are posted at ClinicalTrials.gov.';
comment on column evidence.study_overview.started_on is 'First day that the registered start may mean.';
comment on column evidence.study_overview.completed_on is 'First day that the registered completion may mean.';
comment on column evidence.study_overview.is_included is 'Whether the evidence tables show at least one report of it that stands; false where all are retracted.';
comment on column evidence.study_overview.needs_review is 'Whether it is included only because of doubtful reports, so that a human should look.';
comment on column evidence.study_overview.is_own_sample is 'Whether the study adds people of its own: an included registration, or a standing report that is no secondary analysis, protocol, review or reprint. Count studies and people only where true.';
comment on column evidence.study_overview.reason is 'Why the best of its reports is included or not.';
comment on column evidence.study_overview.n_reports is 'Number of standing reports: publications but notices and retracted ones.';
comment on column evidence.study_overview.n_retracted is 'Number of retracted reports.';
comment on column evidence.study_overview.n_notices is 'Number of retraction notices, errata and expressions of concern.';
comment on column evidence.study_overview.integrity is 'Worst standing of its reports: retracted, expression_of_concern, duplicate, corrected or current. The numbers of a registration stay when a paper on it is retracted: look here first.';
comment on column evidence.study_overview.integrity_source is 'Which report that is, and what says so; NULL where PubMed states nothing.';
comment on column evidence.study_overview.first_reported_on is 'First day that the date of its first publication may mean.';
comment on column evidence.study_overview.last_reported_on is 'First day that the date of its last publication may mean.';
