-- title: Who left, and why
-- topic: safety
-- question: How many people of each arm left for an adverse event, for lack of efficacy, or for another reason?
-- answer: study_id varchar, period varchar, arm_label varchar, n_started integer, n_completed integer, n_not_completed
--         integer, n_left_adverse_event integer, n_left_lack_of_efficacy integer, n_left_withdrawal_by_subject
--         integer, n_left_lost_to_follow_up integer, balance_status varchar, nct_id varchar
select
    study_id,
    period,
    arm_label,
    n_started,
    n_completed,
    n_not_completed,
    n_left_adverse_event,
    n_left_lack_of_efficacy,
    n_left_withdrawal_by_subject,
    n_left_lost_to_follow_up,
    balance_status,
    nct_id
from evidence.participant_flow
where n_started is not null and integrity <> 'retracted'
order by study_id, period_number, arm_label, row_id;
