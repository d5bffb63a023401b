-- every_dose_has_a_unit
-- question: which doses have no unit?
-- why: A number without its unit cannot be compared with anything.
select row_id, drug, dose, dose_max
from evidence.dosing_protocols
where coalesce(dose, dose_max) is not null and dose_unit is null
order by row_id;
