-- ages_are_plausible
-- question: whose age cannot be, or lies outside its own range?
-- why: Means and limits are read from different words: where they contradict each other, one is another group's.
select row_id, age_mean, age_median, age_min, age_max
from evidence.trial_demographics
where coalesce(age_mean, age_median) not between coalesce(age_min, 0) and coalesce(age_max, 120)
    or age_min > age_max
    or age_sd < 0
order by row_id;
