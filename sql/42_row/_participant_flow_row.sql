-- bridge._participant_flow_row
-- grain: one row per study, registration, period and group
-- reads: bridge._posted_flow, bridge._report
-- answers: of which groups in which periods does each shown registration say how many stayed?
-- A table: the evidence view, its cells and its audit read it. A registration without participant flow keeps a row.
create table bridge._participant_flow_row as
with groups as (
    select
        nct_id,
        period_place,
        group_id,
        min(period) as period,
        min(period_pointer) as period_pointer,
        min(group_title) as group_title,
        count(*) filter (is_drop_out) as reasons
    from bridge._posted_flow
    group by nct_id, period_place, group_id
)

select
    report.study_id || '/ctgov:' || report.source_id || '/flow/'
    || coalesce(groups.period_place || '/' || groups.group_id, 'none') as row_id,
    report.study_id,
    report.source_id,
    groups.* exclude (nct_id),
    groups.nct_id is not null as has_flow
from bridge._report as report
left join groups on groups.nct_id = report.source_id
where report.is_shown and report.study_id is not null and report.source = 'ctgov';

comment on table bridge._participant_flow_row is
    'One row per study, registration, period and group: of which groups in which periods does each shown registration say how many stayed?';
comment on column bridge._participant_flow_row.row_id is 'Id of the row: study, document, period and group.';
comment on column bridge._participant_flow_row.study_id is 'Study of core.study.';
comment on column bridge._participant_flow_row.source_id is 'NCT id.';
comment on column bridge._participant_flow_row.period_place is 'Place of the period in the record, from 0.';
comment on column bridge._participant_flow_row.group_id is 'Registry''s id of the group.';
comment on column bridge._participant_flow_row.period is 'Title of the period.';
comment on column bridge._participant_flow_row.period_pointer is 'JSON pointer of the period.';
comment on column bridge._participant_flow_row.group_title is 'Title of the group.';
comment on column bridge._participant_flow_row.reasons is 'Number of reasons for leaving that are posted for it.';
comment on column bridge._participant_flow_row.has_flow is 'Whether the registration posts a participant flow at all.';
