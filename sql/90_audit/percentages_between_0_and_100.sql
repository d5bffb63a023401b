-- percentages_between_0_and_100
-- question: which rates and shares are no percentages?
-- why: Misreadings are flagged before; what comes here slipped past.
select view_name, row_id, column_name, value_number
from evidence.cell_source
where is_plausible and starts_with(column_name, 'pct') and value_number not between 0 and 100
union all
select 'durability_of_effect', row_id, 'pct', pct from evidence.durability_of_effect where pct not between 0 and 100
union all
select 'trial_demographics', row_id, 'pct_female', pct_female
from evidence.trial_demographics
where pct_female not between 0 and 100.5
union all
select 'safety', row_id, 'pct', pct from evidence.safety where pct not between 0 and 100
order by all;
