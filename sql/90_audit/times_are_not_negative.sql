-- times_are_not_negative
-- question: which times are negative?
-- why: All times count from a dose or from randomisation onwards.
select
    row_id, time_days, time_to_relapse_days, effect_until_days, follow_up_days, days_after_first_dose,
    days_after_last_dose
from evidence.durability_of_effect
where least(
    time_days, time_to_relapse_days, effect_until_days, follow_up_days, days_after_first_dose, days_after_last_dose
) < 0
order by row_id;
