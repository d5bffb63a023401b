-- bridge._pair
-- grain: one row per study, registration and paper that stand beside each other in it
-- reads: bridge._report, core.link
-- answers: which paper may be held against which registration, and on what?
-- Only reports that stand, joined by a link of record: an offered candidate is no pair. A secondary, pooled or follow-up
-- report describes other people than the trial enrolled, and a paper on several trials none of them alone.
create table bridge._pair as
with registrations as (
    select *, count(*) over (partition by study_id) as n_registrations
    from bridge._report
    where source = 'ctgov' and is_standing
),

-- the registry finds DERIVED references by machine: a paper joined by nothing else may be about something else
links as (
    select pmid, registry_id, bool_and(kind = 'registry_derived_reference') as is_only_derived
    from core.link
    group by pmid, registry_id
)

select
    registered.study_id || '/ctgov:' || registered.source_id || '/pubmed:' || paper.source_id as pair_id,
    registered.study_id,
    registered.source_id as nct_id,
    paper.source_id as pmid,
    paper.role,
    paper.integrity,
    paper.integrity_source,
    paper.reported_year,
    case
        when paper.n_studies > 1 or registered.n_registrations > 1 then 'none: the paper is on several trials'
        when paper.role = 'primary' then 'all'
        when paper.role in ('secondary', 'follow_up', 'protocol') then 'regimens: the paper is no primary report'
        else 'none: the paper is no report of the trial'
    end as scope,
    registered.is_doubtful or paper.is_doubtful or coalesce(links.is_only_derived, false) as needs_review
from registrations as registered
join bridge._report as paper on paper.study_id = registered.study_id and paper.source = 'pubmed' and paper.is_standing
left join links on links.pmid = paper.source_id and links.registry_id = registered.source_id;

comment on table bridge._pair is
    'One row per study, registration and paper that stand beside each other in it: which paper may be held against which registration, and on what?';
comment on column bridge._pair.pair_id is 'Id of the pair: study, registration and paper.';
comment on column bridge._pair.study_id is 'Study of core.study.';
comment on column bridge._pair.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._pair.pmid is 'PubMed id.';
comment on column bridge._pair.role is 'Role of the paper in the study.';
comment on column bridge._pair.integrity is 'current, updated, corrected, duplicate or expression_of_concern; a retracted paper is in no pair.';
comment on column bridge._pair.integrity_source is 'What says so; NULL where nothing is stated.';
comment on column bridge._pair.reported_year is 'Year of publication.';
comment on column bridge._pair.scope is 'What may be compared: all, regimens (dose, route, sessions), or none; with the reason where it is not all.';
comment on column bridge._pair.needs_review is 'Whether the rules doubt one of the two, or only a DERIVED reference joins them.';
