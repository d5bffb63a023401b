-- last_dose_not_before_first_dose
-- question: where is a result longer after the last dose than after the first?
-- why: A time counted from the wrong dose, or a course that was added with the wrong sign.
select row_id, days_after_first_dose, days_after_last_dose
from evidence.durability_of_effect
where days_after_last_dose > days_after_first_dose
order by row_id;
