-- doses_are_positive
-- question: which doses are not positive, or have a highest below the lowest?
-- why: Zero milligrams is a placebo and no regimen.
select row_id, drug, dose, dose_max, dose_unit
from evidence.dosing_protocols
where dose <= 0 or dose_max <= 0 or dose_max < dose
order by row_id;
