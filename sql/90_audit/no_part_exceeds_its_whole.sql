-- no_part_exceeds_its_whole
-- question: where are more people affected than at risk?
-- why: A numerator from one group and a denominator from another.
select row_id, n, denominator
from evidence.durability_of_effect
where n > denominator
union all
select row_id, n_affected, n_at_risk
from evidence.safety
where n_affected > n_at_risk
order by all;
