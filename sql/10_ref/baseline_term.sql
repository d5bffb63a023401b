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

insert into ref.baseline_term
select 'sex', unnest([
    'female', 'females', 'woman', 'women', 'female participants', 'girl', 'girls', 'female sex', 'cisgender woman',
    'cisgender women', 'cis woman', 'cis women', 'cis female'
]), 'n_female';

insert into ref.baseline_term
select 'sex', unnest([
    'male', 'males', 'man', 'men', 'male participants', 'boy', 'boys', 'male sex', 'cisgender man', 'cisgender men',
    'cis man', 'cis men', 'cis male'
]), 'n_male';

insert into ref.baseline_term
select 'sex', unnest([
    'non-binary', 'nonbinary', 'non binary', 'genderqueer', 'gender queer', 'genderqueer/gender non-conforming',
    'gender non-conforming', 'gender nonconforming', 'gender fluid', 'genderfluid', 'agender', 'intersex', 'other',
    'other gender', 'another gender', 'transgender', 'transgender man', 'transgender woman', 'trans man',
    'trans woman', 'transgender male', 'transgender female', 'undifferentiated', 'non-binary/other', 'third gender'
]), 'n_other_gender';

insert into ref.baseline_term
select 'sex', unnest([
    'unknown', 'not reported', 'unknown or not reported', 'missing', 'prefer not to answer', 'prefer not to say',
    'declined to answer', 'declined', 'undisclosed', 'not recorded', 'not specified', 'unspecified',
    'unknown/not reported'
]), 'n_sex_unknown';

insert into ref.baseline_term
select 'race', unnest([
    'white', 'caucasian', 'white or caucasian', 'white/caucasian', 'caucasian/white', 'caucasian or white',
    'white (caucasian)', 'caucasian (white)', 'caucasians', 'white/european', 'white european'
]), 'n_white';

insert into ref.baseline_term
select 'race', unnest([
    'black or african american', 'black/african american', 'black/african-american', 'black or african-american',
    'african american', 'african-american', 'african american/black', 'african american or black', 'black',
    'black (african american)', 'black/african heritage', 'african american/african heritage', 'black african',
    'black or african'
]), 'n_black';

insert into ref.baseline_term
select 'race', unnest([
    'asian', 'asian american', 'asian-american', 'asian or asian american', 'east asian', 'south asian',
    'southeast asian', 'south east asian', 'asian (not japanese)', 'asian - japanese heritage',
    'asian - east asian heritage', 'asian - south east asian heritage', 'asian - central/south asian heritage',
    'chinese', 'japanese', 'korean', 'han chinese', 'indian (asian)', 'oriental'
]), 'n_asian';

insert into ref.baseline_term
select 'race', unnest([
    'american indian or alaska native', 'american indian/alaska native', 'american indian or alaskan native',
    'american indian/alaskan native', 'american indian', 'native american', 'native american or alaska native',
    'native american/alaska native', 'alaska native', 'american indian or native alaskan'
]), 'n_american_indian';

insert into ref.baseline_term
select 'race', unnest([
    'native hawaiian or other pacific islander', 'native hawaiian or pacific islander',
    'native hawaiian/other pacific islander', 'native hawaiian/pacific islander',
    'native hawaiian and other pacific islander', 'hawaiian or pacific islander',
    'hawaiian or other pacific islander', 'pacific islander', 'native hawaiian'
]), 'n_pacific_islander';

insert into ref.baseline_term
select 'race', unnest([
    'more than one race', 'more than 1 race', 'multiple', 'multiple races', 'multi-race', 'multirace', 'multiracial',
    'multi-racial', 'mixed', 'mixed race', 'biracial', 'bi-racial', 'two or more races', '2 or more races',
    'two or more', 'mixed/multiple'
]), 'n_multiple_races';

insert into ref.baseline_term
select 'race', unnest([
    'other', 'other race', 'others', 'some other race', 'another race', 'other races', 'other (specify)', 'other/mixed', 'other or mixed', 'other/multiple',
    'mixed/other', 'multiple/other'
]), 'n_other_race';

insert into ref.baseline_term
select 'race', unnest([
    'unknown or not reported', 'unknown/not reported', 'unknown', 'not reported', 'not available', 'missing',
    'missing data', 'not stated', 'not specified', 'unspecified', 'undisclosed', 'declined to answer', 'declined',
    'declined to state', 'declined to report', 'refused', 'prefer not to answer', 'prefer not to say', 'not answered',
    'no response', 'not recorded', 'not collected', 'race unknown', 'unknown race', 'race not reported',
    'unknown or declined'
]), 'n_race_unknown';

insert into ref.baseline_term
select 'ethnicity', unnest([
    'hispanic or latino', 'hispanic or latino/a', 'hispanic or latina', 'hispanic or latinx', 'hispanic/latino',
    'hispanic/latina', 'hispanic/latinx', 'hispanic, latino', 'hispanic', 'hispanics', 'latino', 'latina', 'latinx',
    'latino/hispanic', 'latino or hispanic', 'hispanic or latino or spanish origin',
    'hispanic, latino or spanish origin'
]), 'n_hispanic';

insert into ref.baseline_term
select 'ethnicity', unnest([
    'not hispanic or latino', 'not hispanic/latino', 'not hispanic', 'non-hispanic', 'non hispanic', 'nonhispanic',
    'non-hispanic or latino', 'non-hispanic or non-latino', 'non-hispanic/latino', 'non-hispanic/non-latino',
    'non hispanic or latino', 'non-hispanic, non-latino', 'non-latino', 'not latino', 'not hispanic or latina',
    'not of hispanic or latino origin', 'neither hispanic nor latino'
]), 'n_not_hispanic';

insert into ref.baseline_term
select 'ethnicity', unnest([
    'unknown or not reported', 'unknown/not reported', 'unknown', 'not reported', 'not available', 'missing',
    'missing data', 'not stated', 'not specified', 'undisclosed', 'declined to answer', 'declined', 'refused',
    'prefer not to answer', 'prefer not to say', 'not answered', 'no response', 'not recorded', 'ethnicity unknown',
    'unknown ethnicity', 'unknown or declined'
]), 'n_ethnicity_unknown';

comment on table ref.baseline_term is
    'One row per wording of a sex, race or ethnicity: which column of evidence.trial_demographics counts the people so described?';
comment on column ref.baseline_term.item is 'sex, race or ethnicity.';
comment on column ref.baseline_term.term is 'Wording in lower case.';
comment on column ref.baseline_term.column_name is
    'Column of evidence.trial_demographics that counts these people; shares in per cent fill pct_… of the same name.';
