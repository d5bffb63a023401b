-- bridge._posted_flow
-- grain: one row per posted count of people at a milestone or with a reason for leaving, in one group and period
-- reads: core.participant_flow
-- answers: which column of evidence.participant_flow does the count fill?
create table bridge._posted_flow as
with placed as (
    select
        *,
        coalesce(try_cast(regexp_extract(pointer, '/periods/(\d+)/', 1) as integer), 0) as period_place,
        regexp_extract(pointer, '^.*?/periods/\d+') as period_pointer,
        regexp_extract(pointer, '^.*/(?:milestones|dropWithdraws)/\d+') as event_pointer,
        upper(trim(event)) as milestone
    from core.participant_flow
    where group_id is not null
)

select
    nct_id,
    ordinal,
    period_place,
    period,
    period_pointer,
    group_id,
    group_title,
    event,
    event_pointer,
    is_drop_out,
    case
        when is_drop_out then 'n_left_' || ref.reason_for_leaving_in(event)
        when milestone = 'STARTED' then 'n_started'
        when milestone = 'COMPLETED' then 'n_completed'
        when milestone = 'NOT COMPLETED' then 'n_not_completed'
    end as column_name,
    n,
    n_text,
    pointer
from placed;

comment on table bridge._posted_flow is
    'One row per posted count of people at a milestone or with a reason for leaving: which column of evidence.participant_flow does it fill?';
comment on column bridge._posted_flow.nct_id is 'Id at ClinicalTrials.gov.';
comment on column bridge._posted_flow.ordinal is 'Place in core.participant_flow.';
comment on column bridge._posted_flow.period_place is 'Place of the period in the record, from 0.';
comment on column bridge._posted_flow.period is 'Title of the period.';
comment on column bridge._posted_flow.period_pointer is 'JSON pointer of the period.';
comment on column bridge._posted_flow.group_id is 'Registry''s id of the group.';
comment on column bridge._posted_flow.group_title is 'Title of the group.';
comment on column bridge._posted_flow.event is 'Milestone or reason as written.';
comment on column bridge._posted_flow.event_pointer is 'JSON pointer of the milestone or reason.';
comment on column bridge._posted_flow.is_drop_out is 'Whether it is a reason for leaving.';
comment on column bridge._posted_flow.column_name is 'Column of evidence.participant_flow; NULL for a milestone of the sponsor''s own, such as `Treated`.';
comment on column bridge._posted_flow.n is 'Count.';
comment on column bridge._posted_flow.n_text is 'Count as written.';
comment on column bridge._posted_flow.pointer is 'JSON pointer of the count.';
