-- category_counts_add_up_or_say_why
-- question: where do the people of the age, sex, race, ethnicity or country columns differ from n without a note?
-- why: Each person of a posted baseline table is in one category, or the row says why not.
with counts as (
    select
        row_id, n, sum_of.item, sum_of.n_counted, sum_of.note
    from evidence.trial_demographics,
    lateral (
        select unnest([
            {
                'item': 'age', 'note': age_sum_note, 'n_counted': case
                    when coalesce(n_age_under_18, n_age_18_to_64, n_age_65_and_over) is not null
                        then coalesce(n_age_under_18, 0) + coalesce(n_age_18_to_64, 0) + coalesce(n_age_65_and_over, 0)
                end
            },
            {
                'item': 'sex', 'note': sex_sum_note, 'n_counted': case
                    when coalesce(n_female, n_male, n_other_gender, n_sex_unknown) is not null
                        then coalesce(n_female, 0) + coalesce(n_male, 0) + coalesce(n_other_gender, 0)
                            + coalesce(n_sex_unknown, 0)
                end
            },
            {
                'item': 'race', 'note': race_sum_note, 'n_counted': case
                    when coalesce(
                            n_white, n_black, n_asian, n_american_indian, n_pacific_islander, n_multiple_races,
                            n_other_race, n_race_unknown
                        ) is not null
                        then coalesce(n_white, 0) + coalesce(n_black, 0) + coalesce(n_asian, 0)
                            + coalesce(n_american_indian, 0) + coalesce(n_pacific_islander, 0)
                            + coalesce(n_multiple_races, 0) + coalesce(n_other_race, 0) + coalesce(n_race_unknown, 0)
                end
            },
            {
                'item': 'ethnicity', 'note': ethnicity_sum_note, 'n_counted': case
                    when coalesce(n_hispanic, n_not_hispanic, n_ethnicity_unknown) is not null
                        then coalesce(n_hispanic, 0) + coalesce(n_not_hispanic, 0) + coalesce(n_ethnicity_unknown, 0)
                end
            }
        ], recursive := true)
    ) as sum_of
    where source = 'registry'
)

select row_id, item, n_counted, n
from counts
where n_counted is distinct from n and n_counted is not null and note is null
order by all;
