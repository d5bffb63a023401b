-- core.link_candidate_part
-- grain: one row per reason for or against a candidate
-- answers: why may this paper belong to that study?
create table core.link_candidate_part (
    pmid             varchar not null,
    study_id         varchar not null,
    ordinal          integer not null,
    part             varchar not null,
    points           double not null,
    reason           varchar not null,
    report_source_id varchar not null,
    report_field     varchar not null,
    report_start     integer not null,
    report_end       integer not null,
    report_quote     varchar not null,
    record_source_id varchar not null,
    record_field     varchar not null,
    record_start     integer not null,
    record_end       integer not null,
    record_quote     varchar not null
);

comment on table core.link_candidate_part is
    'One row per reason for or against a candidate: why may this paper belong to that study?';
comment on column core.link_candidate_part.pmid is 'Publication.';
comment on column core.link_candidate_part.study_id is 'Study that is offered.';
comment on column core.link_candidate_part.ordinal is 'Place among the reasons, from 1.';
comment on column core.link_candidate_part.part is
    'name, person, organisation, title, text, size, date, drug, route, dose, comparator, population or follow_up.';
comment on column core.link_candidate_part.points is 'Points for (above 0) or against.';
comment on column core.link_candidate_part.reason is 'Why, in a few words.';
comment on column core.link_candidate_part.report_source_id is 'PMID or NCT id of the publication.';
comment on column core.link_candidate_part.report_field is 'title, abstract, author/<place>, author/<place>/affiliation, published, or a JSON pointer.';
comment on column core.link_candidate_part.report_start is 'Offset of the first character; 0 for a structured value.';
comment on column core.link_candidate_part.report_end is 'Offset behind the last character.';
comment on column core.link_candidate_part.report_quote is 'Text that stands there.';
comment on column core.link_candidate_part.record_source_id is 'PMID or NCT id of the record of the study.';
comment on column core.link_candidate_part.record_field is 'title, abstract, author/<place>, author/<place>/affiliation, published, or a JSON pointer.';
comment on column core.link_candidate_part.record_start is 'Offset of the first character; 0 for a structured value.';
comment on column core.link_candidate_part.record_end is 'Offset behind the last character.';
comment on column core.link_candidate_part.record_quote is 'Text that stands there.';
