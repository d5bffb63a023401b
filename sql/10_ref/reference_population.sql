-- ref.reference_population
-- grain: one row per reference population, item and category
-- answers: who lives in the population that trials are held against?
-- US census of 1 April 2020, resident population of the 50 states and the District of Columbia. Race is race alone, as the
-- census counts it; the census knows `some other race`, which the NIH/OMB categories of ClinicalTrials.gov do not, and no
-- `unknown`. Ethnicity is asked apart from race. Other populations are passed to evidence.representation_against.
create table ref.reference_population (
    population_name varchar not null,
    item            varchar not null,
    category        varchar not null,
    n               bigint not null,
    n_population    bigint not null,
    counted_on      date not null,
    source          varchar not null,
    citation        varchar not null
);

insert into ref.reference_population
select
    'US census 2020', item, category, n, 331449281, date '2020-04-01', source,
    'U.S. Census Bureau. 2020 Census ' || source || '. Washington, DC.'
from (
    values
        ('age', 'under_18', 73106000, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('age', '18_to_64', 202550780, 'Demographic and Housing Characteristics File, released 25 May 2023'),
        ('age', '65_and_over', 55792501, 'Demographic and Housing Characteristics File, released 25 May 2023'),
        ('sex', 'female', 168763470, 'Demographic and Housing Characteristics File, released 25 May 2023'),
        ('sex', 'male', 162685811, 'Demographic and Housing Characteristics File, released 25 May 2023'),
        ('race', 'white', 204277273, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'black', 41104200, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'asian', 19886049, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'american_indian', 3727135, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'pacific_islander', 689966, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'multiple_races', 33848943, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('race', 'other_race', 27915715, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('ethnicity', 'hispanic', 62080044, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021'),
        ('ethnicity', 'not_hispanic', 269369237, 'Redistricting Data (Public Law 94-171) Summary File, released 12 August 2021')
) as counted (item, category, n, source);

comment on table ref.reference_population is
    'One row per reference population, item and category: who lives in the population that trials are held against?';
comment on column ref.reference_population.population_name is 'Name by which ref.reference_shares gives its shares.';
comment on column ref.reference_population.item is 'age, sex, race or ethnicity.';
comment on column ref.reference_population.category is 'Category of evidence.representation.';
comment on column ref.reference_population.n is 'Number of people of the category.';
comment on column ref.reference_population.n_population is 'Number of people of the population.';
comment on column ref.reference_population.counted_on is 'Day for which they were counted.';
comment on column ref.reference_population.source is 'File of the census and the day of its release.';
comment on column ref.reference_population.citation is 'Citation for manuscripts.';
