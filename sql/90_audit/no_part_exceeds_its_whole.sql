-- no_part_exceeds_its_whole
-- question: where are more people affected than at risk?
-- why: A numerator from one group and a denominator from another.
select row_id, n, denominator
from evidence.durability_of_effect
where n > denominator
order by row_id;
