-- ref.age_group_in(words): which age column counts the people of a category, NULL when the category crosses a border
-- The registry's own three categories are `<=18 years`, `Between 18 and 65 years` and `>=65 years`: its borders overlap, and
-- the columns take them as they are. `60-70 years`, `>=18 years` and `<65 years` cross a border and belong nowhere.
create macro ref.age_limits_in(words) as regexp_extract_all(
    regexp_replace(words, '\b(kg|mg|bmi)\b.*', ''), '\d+'
);

create macro ref.is_open_above(words) as
    regexp_matches(words, '>|≥|\d\s*\+|\b(over|older|above|more|greater|beyond|at least|from \d+[^\d]*$)\b');

create macro ref.is_open_below(words) as
    regexp_matches(words, '<|≤|\b(under|younger|below|less|up to|at most|no more)\b');

create macro ref.age_group_of(words, limits) as case
    when regexp_matches(words, 'newborn|neonat|infant|toddler|preterm|in utero') then 'n_age_under_18'
    when regexp_matches(words, '\b(month|week|day)s?\b') and not contains(words, 'year') then 'n_age_under_18'
    when len(limits) = 0 and regexp_matches(words, '^(children|adolescents?|minors)$') then 'n_age_under_18'
    when len(limits) = 1 and ref.is_open_above(words) and not ref.is_open_below(words) then case
        when limits[1]::integer >= 65 then 'n_age_65_and_over'
        when limits[1]::integer = 64 and regexp_matches(words, '>\s*64|\b(over|above|older than|more than|greater than)\s+64') then 'n_age_65_and_over'
    end
    when len(limits) = 1 and ref.is_open_below(words) and not ref.is_open_above(words) then case
        when limits[1]::integer <= 18 then 'n_age_under_18'
    end
    when len(limits) = 2 then case
        when limits[1]::integer > limits[2]::integer then null
        when limits[2]::integer <= 18 then 'n_age_under_18'
        when limits[1]::integer >= 18 and limits[2]::integer <= 65 then 'n_age_18_to_64'
        when limits[1]::integer >= 65 then 'n_age_65_and_over'
    end
end;

create macro ref.age_group_in(words) as ref.age_group_of(words, ref.age_limits_in(words));

comment on macro ref.age_limits_in is 'The whole numbers of the words, as text.';
comment on macro ref.is_open_above is 'Whether an age category has no upper limit.';
comment on macro ref.is_open_below is 'Whether an age category has no lower limit.';
comment on macro ref.age_group_of is 'The age column that counts a category with these limits, or NULL.';
comment on macro ref.age_group_in is 'The age column that counts the people of a category: n_age_under_18, n_age_18_to_64, n_age_65_and_over, or NULL where it crosses a border.';
