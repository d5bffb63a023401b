-- evidence.participant_flow
-- grain: one row per study, registration, period and group (arm)
-- reads: bridge._participant_flow_row, bridge._participant_flow_cell, bridge._report, core.registration
-- answers: how many started and completed each period, how many left, and why?
-- One column a usual reason, so that leavers can be summed without unfolding; the words of the registry stand beside them.
-- People of a later period are people of an earlier one: sum over groups, never over periods. Rates of leaving belong
-- beside every rate of effect, since those who stayed are no random part of those who started (CONSORT 2010, item 13).
create view evidence.participant_flow as
with cells as (
    select
        row_id,
        max(value_text) filter (column_name = 'period') as period,
        (sum(value_number) filter (column_name = 'n_started'))::integer as n_started,
        (sum(value_number) filter (column_name = 'n_completed'))::integer as n_completed,
        (sum(value_number) filter (column_name = 'n_not_completed'))::integer as n_not_completed,
        (sum(value_number) filter (column_name = 'n_left_adverse_event'))::integer as n_left_adverse_event,
        (sum(value_number) filter (column_name = 'n_left_lack_of_efficacy'))::integer as n_left_lack_of_efficacy,
        (sum(value_number) filter (column_name = 'n_left_withdrawal_by_subject'))::integer
            as n_left_withdrawal_by_subject,
        (sum(value_number) filter (column_name = 'n_left_lost_to_follow_up'))::integer as n_left_lost_to_follow_up,
        (sum(value_number) filter (column_name = 'n_left_death'))::integer as n_left_death,
        (sum(value_number) filter (column_name = 'n_left_physician_decision'))::integer as n_left_physician_decision,
        (sum(value_number) filter (column_name = 'n_left_protocol_violation'))::integer as n_left_protocol_violation,
        (sum(value_number) filter (column_name = 'n_left_other'))::integer as n_left_other,
        (sum(value_number) filter (starts_with(column_name, 'n_left_')))::integer as n_with_reason,
        string_agg(value_text, '; ' order by ordinal) filter (column_name = 'reasons_verbatim' and ordinal % 2 = 1)
            as reasons_verbatim,
        string_agg(value_text, '; ' order by ordinal) filter (column_name = 'other_milestones' and ordinal % 2 = 1)
            as other_milestones
    from bridge._participant_flow_cell
    where is_plausible
    group by row_id
)

select
    ---------- ids
    flow.row_id,
    flow.study_id,
    'registry' as source,
    flow.source_id,
    flow.source_id as nct_id,
    null::varchar as pmid,
    flow.group_id as arm_id,
    flow.group_title as arm_label,
    ---------- when
    flow.period_place + 1 as period_number,
    cells.period,
    ---------- how many
    cells.n_started,
    cells.n_completed,
    cells.n_not_completed,
    ---------- why they left
    cells.n_left_adverse_event,
    cells.n_left_lack_of_efficacy,
    cells.n_left_withdrawal_by_subject,
    cells.n_left_lost_to_follow_up,
    cells.n_left_death,
    cells.n_left_physician_decision,
    cells.n_left_protocol_violation,
    cells.n_left_other,
    cells.reasons_verbatim,
    cells.other_milestones,
    ---------- whether it adds up, and why cells are empty
    case
        when flow.has_flow then null
        when registrations.has_results then 'not reported'
        else 'not posted'
    end as flow_absence,
    case
        when not flow.has_flow then null
        when cells.n_started is null then 'number who started not posted'
        when cells.n_completed is null then 'number who completed not posted'
        when cells.n_not_completed is null then 'number who left not posted'
        when cells.n_started = cells.n_completed + cells.n_not_completed then 'adds up'
        else 'does not add up: ' || cells.n_started || ' started, ' || cells.n_completed || ' completed and '
            || cells.n_not_completed || ' did not'
    end as balance_status,
    case
        when not flow.has_flow then null
        when coalesce(cells.n_not_completed, cells.n_started - cells.n_completed) = 0
            and coalesce(cells.n_with_reason, 0) = 0 then null
        when flow.reasons = 0 then 'not posted'
        when cells.n_not_completed is null then 'number who left not posted'
        when cells.n_with_reason = cells.n_not_completed then 'adds up'
        else 'does not add up: ' || coalesce(cells.n_with_reason, 0) || ' with a reason, '
            || cells.n_not_completed || ' left'
    end as reasons_status,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._participant_flow_row as flow
join bridge._report as reports
    on reports.study_id = flow.study_id and reports.source = 'ctgov' and reports.source_id = flow.source_id
join core.registration as registrations on registrations.nct_id = flow.source_id
left join cells using (row_id)
order by flow.study_id, flow.source_id, flow.period_place, flow.group_id, flow.row_id;

comment on view evidence.participant_flow is
    'One row per study, registration, period and group: how many started, completed and left, and why? A registration without participant flow has one row that says so.';
comment on column evidence.participant_flow.row_id is 'Id of the row: study, document, period and group; unique. evidence.cell_source cites by it.';
comment on column evidence.participant_flow.study_id is 'Study of evidence.study_overview.';
comment on column evidence.participant_flow.source is 'registry: abstracts post no participant flow.';
comment on column evidence.participant_flow.source_id is 'NCT id of the registration.';
comment on column evidence.participant_flow.nct_id is 'NCT id of the registration.';
comment on column evidence.participant_flow.pmid is 'Always NULL: the flow is that of registrations. Kept so that the views line up.';
comment on column evidence.participant_flow.arm_id is 'Registry''s id of the group in its participant flow (FG000, …); other modules number their groups anew.';
comment on column evidence.participant_flow.arm_label is 'Title of the group as written. In a crossover trial a group is a sequence.';
comment on column evidence.participant_flow.period_number is 'Place of the period in the record, from 1.';
comment on column evidence.participant_flow.period is 'Title of the period as written, such as Overall Study or Maintenance Phase.';
comment on column evidence.participant_flow.n_started is 'People who started the period. Sum over groups, never over periods.';
comment on column evidence.participant_flow.n_completed is 'People who completed the period.';
comment on column evidence.participant_flow.n_not_completed is 'People who did not complete the period, as posted; never computed.';
comment on column evidence.participant_flow.n_left_adverse_event is 'People who left for an adverse event.';
comment on column evidence.participant_flow.n_left_lack_of_efficacy is 'People who left for lack of efficacy.';
comment on column evidence.participant_flow.n_left_withdrawal_by_subject is 'People who withdrew themselves or their consent.';
comment on column evidence.participant_flow.n_left_lost_to_follow_up is 'People who were lost to follow-up.';
comment on column evidence.participant_flow.n_left_death is 'People who died.';
comment on column evidence.participant_flow.n_left_physician_decision is 'People whose physician or investigator ended their part.';
comment on column evidence.participant_flow.n_left_protocol_violation is 'People who left for a violation of the protocol.';
comment on column evidence.participant_flow.n_left_other is 'People who left for a reason in words of the sponsor''s own, pregnancy, or the registry''s Other: see reasons_verbatim. Summed where several are posted.';
comment on column evidence.participant_flow.reasons_verbatim is 'Reasons for leaving as written, each with its count; reasons that are posted as 0 are left out.';
comment on column evidence.participant_flow.other_milestones is 'Milestones of the sponsor''s own with their counts, such as the number who were treated.';
comment on column evidence.participant_flow.flow_absence is 'Why there is no flow: not posted (registration without results) or not reported (results without participant flow).';
comment on column evidence.participant_flow.balance_status is 'Whether started = completed + not completed: adds up, or the reason why that cannot be said, or how it does not.';
comment on column evidence.participant_flow.reasons_status is 'Whether the reasons account for all who left: adds up, not posted, or how they do not; NULL when nobody left.';
comment on column evidence.participant_flow.integrity is 'Whether the source report stands; registrations are current.';
comment on column evidence.participant_flow.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.participant_flow.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.participant_flow.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.participant_flow.reported_year is 'Year of registration.';
