-- ref.baseline_term
-- grain: one row per wording of a sex, race or ethnicity that registrations and abstracts use
-- answers: which column counts the people so described?
-- The NIH/OMB wording is that of ClinicalTrials.gov (OMB Directive 15, 1997); the others are customised wordings in
-- posted baseline tables. A wording that is not here is counted in no column and stays visible in core.baseline_value.
create table ref.baseline_term (
    item        varchar not null,
    term        varchar not null,
    column_name varchar not null
);

insert into ref.baseline_term values
    ('sex', 'female', 'n_female'),
    ('sex', 'females', 'n_female'),
    ('sex', 'woman', 'n_female'),
    ('sex', 'women', 'n_female'),
    ('sex', 'male', 'n_male'),
    ('sex', 'males', 'n_male'),
    ('sex', 'man', 'n_male'),
    ('sex', 'men', 'n_male'),
    ('race', 'white', 'n_white'),
    ('race', 'caucasian', 'n_white'),
    ('race', 'white or caucasian', 'n_white'),
    ('race', 'caucasian/white', 'n_white'),
    ('race', 'white/caucasian', 'n_white'),
    ('race', 'black or african american', 'n_black'),
    ('race', 'black/african american', 'n_black'),
    ('race', 'african american', 'n_black'),
    ('race', 'african-american', 'n_black'),
    ('race', 'black', 'n_black'),
    ('race', 'asian', 'n_asian'),
    ('race', 'asian american', 'n_asian'),
    ('race', 'american indian or alaska native', 'n_american_indian'),
    ('race', 'american indian/alaska native', 'n_american_indian'),
    ('race', 'american indian or alaskan native', 'n_american_indian'),
    ('race', 'native american', 'n_american_indian'),
    ('race', 'native hawaiian or other pacific islander', 'n_pacific_islander'),
    ('race', 'native hawaiian or pacific islander', 'n_pacific_islander'),
    ('race', 'native hawaiian/other pacific islander', 'n_pacific_islander'),
    ('race', 'pacific islander', 'n_pacific_islander'),
    ('race', 'more than one race', 'n_multiple_races'),
    ('race', 'multiple', 'n_multiple_races'),
    ('race', 'multiple races', 'n_multiple_races'),
    ('race', 'multiracial', 'n_multiple_races'),
    ('race', 'mixed', 'n_multiple_races'),
    ('race', 'other', 'n_other_race'),
    ('race', 'other race', 'n_other_race'),
    ('race', 'unknown or not reported', 'n_race_unknown'),
    ('race', 'not reported', 'n_race_unknown'),
    ('race', 'unknown', 'n_race_unknown'),
    ('ethnicity', 'hispanic or latino', 'n_hispanic'),
    ('ethnicity', 'hispanic', 'n_hispanic'),
    ('ethnicity', 'hispanic/latino', 'n_hispanic'),
    ('ethnicity', 'latino', 'n_hispanic'),
    ('ethnicity', 'not hispanic or latino', 'n_not_hispanic'),
    ('ethnicity', 'not hispanic', 'n_not_hispanic'),
    ('ethnicity', 'non-hispanic', 'n_not_hispanic'),
    ('ethnicity', 'unknown or not reported', 'n_ethnicity_unknown'),
    ('ethnicity', 'not reported', 'n_ethnicity_unknown'),
    ('ethnicity', 'unknown', 'n_ethnicity_unknown');

comment on table ref.baseline_term is
    'One row per wording of a sex, race or ethnicity: which column of evidence.trial_demographics counts the people so described?';
comment on column ref.baseline_term.item is 'sex, race or ethnicity.';
comment on column ref.baseline_term.term is 'Wording in lower case.';
comment on column ref.baseline_term.column_name is
    'Column of evidence.trial_demographics that counts these people; shares in per cent fill pct_… of the same name.';
