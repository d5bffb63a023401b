-- evidence.trial_demographics
-- grain: one row per study, source document and arm or total
-- reads: bridge._baseline_measurement, bridge._demographics_row, bridge._demographics_cell, bridge._demographics_sum,
--        bridge._report, core.registration
-- answers: who was studied: how many, how old, of which sex, race and ethnicity, how ill, and who says so?
-- Race and ethnicity follow the NIH/OMB categories of ClinicalTrials.gov (OMB Directive 15, 1997). Counts and shares are
-- kept as reported; nothing is inferred from country or name.
create view evidence.trial_demographics as
with cells as (
    select
        row_id,
        ---------- people
        max(value_number) filter (column_name = 'n')::integer as n,
        max(value_text) filter (column_name = 'n_basis') as n_basis,
        ---------- age
        max(value_number) filter (column_name = 'age_mean') as age_mean,
        max(value_number) filter (column_name = 'age_sd') as age_sd,
        max(value_number) filter (column_name = 'age_median') as age_median,
        max(value_number) filter (column_name = 'age_min') as age_min,
        max(value_number) filter (column_name = 'age_max') as age_max,
        max(value_number) filter (column_name = 'age_q1') as age_q1,
        max(value_number) filter (column_name = 'age_q3') as age_q3,
        sum(value_number) filter (column_name = 'n_age_under_18')::integer as n_age_under_18,
        sum(value_number) filter (column_name = 'n_age_18_to_64')::integer as n_age_18_to_64,
        sum(value_number) filter (column_name = 'n_age_65_and_over')::integer as n_age_65_and_over,
        max(value_number) filter (column_name = 'eligible_age_min') as eligible_age_min,
        max(value_number) filter (column_name = 'eligible_age_max') as eligible_age_max,
        ---------- sex
        sum(value_number) filter (column_name = 'n_female')::integer as n_female,
        sum(value_number) filter (column_name = 'n_male')::integer as n_male,
        sum(value_number) filter (column_name = 'n_other_gender')::integer as n_other_gender,
        sum(value_number) filter (column_name = 'n_sex_unknown')::integer as n_sex_unknown,
        sum(value_number) filter (column_name = 'pct_female') as pct_female,
        ---------- race
        sum(value_number) filter (column_name = 'n_white')::integer as n_white,
        sum(value_number) filter (column_name = 'n_black')::integer as n_black,
        sum(value_number) filter (column_name = 'n_asian')::integer as n_asian,
        sum(value_number) filter (column_name = 'n_american_indian')::integer as n_american_indian,
        sum(value_number) filter (column_name = 'n_pacific_islander')::integer as n_pacific_islander,
        sum(value_number) filter (column_name = 'n_multiple_races')::integer as n_multiple_races,
        sum(value_number) filter (column_name = 'n_other_race')::integer as n_other_race,
        sum(value_number) filter (column_name = 'n_race_unknown')::integer as n_race_unknown,
        sum(value_number) filter (column_name = 'pct_white') as pct_white,
        sum(value_number) filter (column_name = 'pct_black') as pct_black,
        sum(value_number) filter (column_name = 'pct_asian') as pct_asian,
        sum(value_number) filter (column_name = 'pct_american_indian') as pct_american_indian,
        sum(value_number) filter (column_name = 'pct_pacific_islander') as pct_pacific_islander,
        sum(value_number) filter (column_name = 'pct_multiple_races') as pct_multiple_races,
        sum(value_number) filter (column_name = 'pct_other_race') as pct_other_race,
        sum(value_number) filter (column_name = 'pct_race_unknown') as pct_race_unknown,
        ---------- ethnicity
        sum(value_number) filter (column_name = 'n_hispanic')::integer as n_hispanic,
        sum(value_number) filter (column_name = 'n_not_hispanic')::integer as n_not_hispanic,
        sum(value_number) filter (column_name = 'n_ethnicity_unknown')::integer as n_ethnicity_unknown,
        sum(value_number) filter (column_name = 'pct_hispanic') as pct_hispanic,
        sum(value_number) filter (column_name = 'pct_not_hispanic') as pct_not_hispanic,
        sum(value_number) filter (column_name = 'pct_ethnicity_unknown') as pct_ethnicity_unknown,
        ---------- country
        list(distinct value_text order by value_text) filter (column_name = 'countries') as countries,
        ---------- severity
        max(value_text) filter (column_name = 'baseline_scale') as baseline_scale,
        max(value_number) filter (column_name = 'baseline_score_mean') as baseline_score_mean,
        max(value_number) filter (column_name = 'baseline_score_sd') as baseline_score_sd,
        max(value_number) filter (column_name = 'baseline_score_median') as baseline_score_median,
        ---------- failed treatments
        max(value_number) filter (column_name = 'failed_treatments_min') as failed_treatments_min,
        max(value_number) filter (column_name = 'failed_treatments_mean') as failed_treatments_mean,
        max(value_number) filter (column_name = 'failed_treatments_sd') as failed_treatments_sd,
        max(value_number) filter (column_name = 'failed_treatments_median') as failed_treatments_median
    from bridge._demographics_cell
    where ordinal = 1 and is_plausible
    group by row_id
),

-- people by country, and by number of failed treatments: `Canada 8, United States 12`
listings as (
    select
        row_id,
        string_agg(heading || ' ' || n, ', ' order by heading) filter (column_name = 'country_counts')
            as country_counts,
        string_agg(heading || ': ' || n, ', ' order by place) filter (column_name = 'failed_treatments_groups')
            as failed_treatments_groups
    from (
        select row_id, column_name, value_text as heading, sum(value_number)::integer as n, min(field) as place
        from bridge._demographics_cell
        where column_name in ('country_counts', 'failed_treatments_groups') and is_plausible
        group by row_id, column_name, value_text
    )
    group by row_id
),

declined as (
    select
        nct_id,
        bool_or(item in ('race', 'race_ethnicity')) as is_race,
        bool_or(item in ('ethnicity', 'race_ethnicity')) as is_ethnicity,
        bool_or(item = 'sex') as is_sex,
        bool_or(item = 'age') as is_age
    from bridge._baseline_measurement
    where is_declined
    group by nct_id
),

-- what the posted table says on an item in a shape that fills no column
posted as (
    select nct_id, group_id, list(distinct case item when 'race_ethnicity' then 'race' else item end) as items
    from bridge._baseline_measurement
    where value_text is not null and not is_declined
    group by nct_id, group_id
),

sums as (
    select
        row_id,
        max(note) filter (item = 'age') as age_sum_note,
        max(note) filter (item = 'sex') as sex_sum_note,
        max(note) filter (item = 'race') as race_sum_note,
        max(note) filter (item = 'ethnicity') as ethnicity_sum_note,
        max(note) filter (item = 'country') as country_sum_note,
        coalesce(bool_or(has_unread) filter (item = 'race'), false) as has_unread_race
    from bridge._demographics_sum
    group by row_id
),

misread as (
    select row_id, list(distinct case
        when starts_with(column_name, 'age') or starts_with(column_name, 'n_age') then 'age'
        when column_name in ('n_female', 'n_male', 'n_other_gender', 'n_sex_unknown', 'pct_female') then 'sex'
        when regexp_matches(column_name, 'hispanic|ethnicity') then 'ethnicity'
        when regexp_matches(column_name, '^(pct|n)_') then 'race'
        else column_name
    end) as items
    from bridge._demographics_cell
    where not is_plausible
    group by row_id
),

unexplained as (
    select
        groups.row_id,
        groups.source = 'ctgov' and not registrations.has_results as is_unposted,
        coalesce(declined.is_age, false) as is_age_declined,
        coalesce(declined.is_sex, false) as is_sex_declined,
        coalesce(declined.is_race, false) as is_race_declined,
        coalesce(declined.is_ethnicity, false) as is_ethnicity_declined,
        reports.not_understood || coalesce(misread.items, []) || coalesce(posted.items, []) as not_understood
    from bridge._demographics_row as groups
    join bridge._report as reports using (study_id, source, source_id)
    left join misread using (row_id)
    left join core.registration as registrations on registrations.nct_id = groups.source_id
    left join declined on declined.nct_id = groups.source_id
    left join posted on posted.nct_id = groups.source_id and posted.group_id = groups.group_id
)

select
    ---------- ids
    groups.row_id,
    groups.study_id,
    case when groups.source = 'ctgov' then 'registry' else 'abstract' end as source,
    groups.source_id,
    case when groups.source = 'ctgov' then groups.source_id end as nct_id,
    case when groups.source = 'pubmed' then groups.source_id end as pmid,
    groups.group_id as arm_id,
    coalesce(groups.group_title, 'Total') as arm_label,
    groups.is_total,
    ---------- people
    cells.n,
    cells.n_basis,
    ---------- age
    cells.age_mean,
    cells.age_sd,
    cells.age_median,
    cells.age_min,
    cells.age_max,
    cells.age_q1,
    cells.age_q3,
    cells.n_age_under_18,
    cells.n_age_18_to_64,
    cells.n_age_65_and_over,
    cells.eligible_age_min,
    cells.eligible_age_max,
    ---------- sex
    cells.n_female,
    cells.n_male,
    cells.n_other_gender,
    cells.n_sex_unknown,
    cells.pct_female,
    ---------- race
    cells.n_white,
    cells.n_black,
    cells.n_asian,
    cells.n_american_indian,
    cells.n_pacific_islander,
    cells.n_multiple_races,
    cells.n_other_race,
    cells.n_race_unknown,
    cells.pct_white,
    cells.pct_black,
    cells.pct_asian,
    cells.pct_american_indian,
    cells.pct_pacific_islander,
    cells.pct_multiple_races,
    cells.pct_other_race,
    cells.pct_race_unknown,
    ---------- ethnicity
    cells.n_hispanic,
    cells.n_not_hispanic,
    cells.n_ethnicity_unknown,
    cells.pct_hispanic,
    cells.pct_not_hispanic,
    cells.pct_ethnicity_unknown,
    ---------- country
    cells.countries,
    listings.country_counts,
    ---------- severity
    cells.baseline_scale,
    cells.baseline_score_mean,
    cells.baseline_score_sd,
    cells.baseline_score_median,
    ---------- failed treatments
    cells.failed_treatments_min,
    cells.failed_treatments_mean,
    cells.failed_treatments_sd,
    cells.failed_treatments_median,
    listings.failed_treatments_groups,
    ---------- why counts do not add up
    sums.age_sum_note,
    sums.sex_sum_note,
    sums.race_sum_note,
    sums.ethnicity_sum_note,
    sums.country_sum_note,
    ---------- whether each item was reported
    ref.absence(cells.n, 'n', unexplained.not_understood) as n_absence,
    case
        when coalesce(
                cells.age_mean, cells.age_median, cells.age_min, cells.age_max,
                cells.n_age_under_18, cells.n_age_18_to_64, cells.n_age_65_and_over
            ) is not null then 'reported'
        when unexplained.is_age_declined then 'not collected'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'age', unexplained.not_understood)
    end as age_status,
    case
        when coalesce(cells.n_female, cells.n_male, cells.n_other_gender, cells.n_sex_unknown, cells.pct_female)
            is not null then 'reported'
        when unexplained.is_sex_declined then 'not collected'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'sex', unexplained.not_understood)
    end as sex_status,
    case
        when coalesce(
                cells.n_white, cells.n_black, cells.n_asian, cells.n_american_indian,
                cells.n_pacific_islander, cells.n_multiple_races, cells.n_other_race, cells.n_race_unknown,
                cells.pct_white, cells.pct_black, cells.pct_asian, cells.pct_american_indian,
                cells.pct_pacific_islander, cells.pct_multiple_races, cells.pct_other_race, cells.pct_race_unknown
            ) is not null
            then case when sums.has_unread_race then 'partly understood' else 'reported' end
        when sums.has_unread_race then 'not understood'
        when unexplained.is_race_declined then 'not collected'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'race', unexplained.not_understood)
    end as race_status,
    case
        when coalesce(cells.n_hispanic, cells.n_not_hispanic, cells.n_ethnicity_unknown) is not null
            or coalesce(cells.pct_hispanic, cells.pct_not_hispanic, cells.pct_ethnicity_unknown) is not null
            then 'reported'
        when unexplained.is_ethnicity_declined then 'not collected'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'ethnicity', unexplained.not_understood)
    end as ethnicity_status,
    case
        when cells.countries is not null then 'reported'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'country', unexplained.not_understood)
    end as country_status,
    case
        when coalesce(cells.baseline_score_mean, cells.baseline_score_median) is not null then 'reported'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'severity', unexplained.not_understood)
    end as severity_status,
    case
        when coalesce(cells.failed_treatments_min, cells.failed_treatments_mean, cells.failed_treatments_median)
            is not null or listings.failed_treatments_groups is not null then 'reported'
        when unexplained.is_unposted then 'not posted'
        else ref.absence(null, 'failed_treatments', unexplained.not_understood)
    end as failed_treatments_status,
    ---------- standing of the row
    reports.integrity,
    reports.integrity_source,
    reports.registry_status,
    reports.is_doubtful as needs_review,
    reports.reported_year
from bridge._demographics_row as groups
join bridge._report as reports using (study_id, source, source_id)
join unexplained using (row_id)
left join cells using (row_id)
left join listings using (row_id)
left join sums using (row_id)
order by groups.study_id, groups.source, groups.source_id, groups.is_total desc, groups.row_id;

comment on view evidence.trial_demographics is
    'One row per study, source document and arm or total: who was studied, how many, how old, of which sex, race and ethnicity, how ill, and who says so?';
comment on column evidence.trial_demographics.row_id is 'Id of the row: study, document and group; unique. evidence.cell_source cites by it.';
comment on column evidence.trial_demographics.study_id is 'Study of evidence.study_overview.';
comment on column evidence.trial_demographics.source is 'registry (posted baseline table of ClinicalTrials.gov) or abstract (PubMed title and abstract).';
comment on column evidence.trial_demographics.source_id is 'NCT id or PMID of the document.';
comment on column evidence.trial_demographics.nct_id is 'NCT id of the document; NULL for an abstract.';
comment on column evidence.trial_demographics.pmid is 'PMID of the document; NULL for a registration.';
comment on column evidence.trial_demographics.arm_id is 'Registry''s id of the group in its baseline table (BG000, …); NULL for a sum of the arms, and for a whole sample without such a table.';
comment on column evidence.trial_demographics.arm_label is 'Title of the group as written; Total for a whole sample without a baseline table; Total (sum of the arms) where the record posts arms and no total: then counts are sums, marked as derived in evidence.cell_source, and means stay empty.';
comment on column evidence.trial_demographics.is_total is 'Whether the row is about the whole sample. Arms and total of one document are never to be added up.';
comment on column evidence.trial_demographics.n is 'Number of people: of the baseline table, else enrolment of the registration or the sample size that the abstract states; see n_basis.';
comment on column evidence.trial_demographics.n_basis is 'Whom n counts: analysed for a posted baseline table; enrolled or planned for a registration''s enrolment; as stated in an abstract.';
comment on column evidence.trial_demographics.age_mean is 'Mean age in years, as reported; months, weeks and days in a posted table are turned into years and marked as derived.';
comment on column evidence.trial_demographics.age_sd is 'Standard deviation of age in years, as reported.';
comment on column evidence.trial_demographics.age_median is 'Median age in years, as reported.';
comment on column evidence.trial_demographics.age_min is 'Lowest age in the sample in years; never the lowest eligible age.';
comment on column evidence.trial_demographics.age_max is 'Highest age in the sample in years; never the highest eligible age.';
comment on column evidence.trial_demographics.age_q1 is 'Lower quartile of age in years, as reported.';
comment on column evidence.trial_demographics.age_q3 is 'Upper quartile of age in years, as reported.';
comment on column evidence.trial_demographics.n_age_under_18 is 'Number of people under 18 years: posted categories that lie below; the registry''s own is <=18 years.';
comment on column evidence.trial_demographics.n_age_18_to_64 is 'Number of people from 18 to 64 years: posted categories that lie between; the registry''s own is Between 18 and 65 years.';
comment on column evidence.trial_demographics.n_age_65_and_over is 'Number of people of 65 years and over: posted categories that lie above. Categories that cross a border, such as 60-70 years, are counted in no column; see age_sum_note.';
comment on column evidence.trial_demographics.eligible_age_min is 'Lowest age in years that could take part: from the registry''s field, or from an abstract that states it.';
comment on column evidence.trial_demographics.eligible_age_max is 'Highest age in years that could take part; NULL also when there is no limit.';
comment on column evidence.trial_demographics.n_female is 'Number of women, as reported.';
comment on column evidence.trial_demographics.n_male is 'Number of men, as reported.';
comment on column evidence.trial_demographics.n_other_gender is 'Number of people of another gender than women and men, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_sex_unknown is 'Number of people whose sex is unknown or not reported, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.pct_female is 'Women in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.n_white is 'Number of White people, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_black is 'Number of Black or African American people, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_asian is 'Number of Asian people, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_american_indian is 'Number of American Indians or Alaska Natives, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_pacific_islander is 'Number of Native Hawaiians or other Pacific Islanders, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_multiple_races is 'Number of people of more than one race, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_other_race is 'Number of people of a race that the source calls other, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_race_unknown is 'Number of people whose race is unknown or not reported, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.pct_white is 'Share of White people in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_black is 'Share of Black or African American people in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_asian is 'Share of Asian people in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_american_indian is 'Share of American Indians or Alaska Natives in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_pacific_islander is 'Share of Native Hawaiians or other Pacific Islanders in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_multiple_races is 'Share of people of more than one race in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_other_race is 'Share of people of a race that the source calls other in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_race_unknown is 'Share of people whose race is unknown or not reported in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.n_hispanic is 'Number of Hispanic or Latino people, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_not_hispanic is 'Number of people who are not Hispanic or Latino, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.n_ethnicity_unknown is 'Number of people whose ethnicity is unknown or not reported, as reported; wordings in ref.baseline_term.';
comment on column evidence.trial_demographics.pct_hispanic is 'Share of Hispanic or Latino people in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_not_hispanic is 'Share of people who are not Hispanic or Latino in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.pct_ethnicity_unknown is 'Share of people whose ethnicity is unknown or not reported in per cent: as stated, or for posted counts of the number that they rest on, marked as derived in evidence.cell_source.';
comment on column evidence.trial_demographics.countries is 'Countries in which the posted table counts at least one person; an abstracts countries are not read.';
comment on column evidence.trial_demographics.country_counts is 'People by country as posted, one after the other: Canada 8, United States 12. Row by row in evidence.baseline_characteristics.';
comment on column evidence.trial_demographics.baseline_scale is 'Rating scale of the baseline score: of posted tables the first depression scale, of abstracts the first stated.';
comment on column evidence.trial_demographics.baseline_score_mean is 'Mean baseline score on baseline_scale.';
comment on column evidence.trial_demographics.baseline_score_sd is 'Standard deviation of the baseline score.';
comment on column evidence.trial_demographics.baseline_score_median is 'Median baseline score on baseline_scale. Every posted instrument is in evidence.baseline_characteristics.';
comment on column evidence.trial_demographics.failed_treatments_min is 'Least number of failed treatments that the document states.';
comment on column evidence.trial_demographics.failed_treatments_mean is 'Mean number of failed treatments, as posted.';
comment on column evidence.trial_demographics.failed_treatments_sd is 'Standard deviation of the number of failed treatments, as posted.';
comment on column evidence.trial_demographics.failed_treatments_median is 'Median number of failed treatments, as posted.';
comment on column evidence.trial_demographics.failed_treatments_groups is 'People by number of failed treatments, headings as posted: 2: 40, 3 or more: 21.';
comment on column evidence.trial_demographics.age_sum_note is 'Why the age categories do not add up to n: words without a column, a table that counts fewer or more people, shares instead of counts. NULL when they do, or when none are posted.';
comment on column evidence.trial_demographics.sex_sum_note is 'Why the sexes do not add up to n; NULL when they do, or when none are posted.';
comment on column evidence.trial_demographics.race_sum_note is 'Why the races do not add up to n; NULL when they do, or when none are posted.';
comment on column evidence.trial_demographics.ethnicity_sum_note is 'Why the ethnicities do not add up to n; NULL when they do, or when none are posted.';
comment on column evidence.trial_demographics.country_sum_note is 'Why the countries do not add up to n; NULL when they do, or when none are posted.';
comment on column evidence.trial_demographics.n_absence is 'Why n is empty: not reported or not understood; NULL when it is filled.';
comment on column evidence.trial_demographics.age_status is 'Whether age was reported, not reported, not understood, or not posted (registration without results). Eligible ages do not count.';
comment on column evidence.trial_demographics.sex_status is 'Whether sex was reported, not reported, not understood, or not posted.';
comment on column evidence.trial_demographics.race_status is 'Whether race was reported, partly understood (the source counts some people under words that no column stands for: see race_sum_note), not reported, not understood, not collected (as the registry says), or not posted.';
comment on column evidence.trial_demographics.ethnicity_status is 'Whether ethnicity was reported, not reported, not understood, not collected, or not posted.';
comment on column evidence.trial_demographics.country_status is 'Whether the countries of the participants were reported, not reported, not understood, or not posted.';
comment on column evidence.trial_demographics.severity_status is 'Whether a depression score at baseline was reported, not reported, not understood (another instrument, or another shape: see evidence.baseline_characteristics), or not posted.';
comment on column evidence.trial_demographics.failed_treatments_status is 'Whether failed treatments were reported, not reported, not understood, or not posted.';
comment on column evidence.trial_demographics.integrity is 'Whether the source report stands: current, updated (a later version replaced it), corrected, duplicate, expression_of_concern or retracted; registrations are current. Retracted rows are never to be counted.';
comment on column evidence.trial_demographics.integrity_source is 'What says so: mark, notice or later version (of a notice its article), and the PubMed record that bears it; NULL where PubMed states nothing. evidence.report_integrity has every statement.';
comment on column evidence.trial_demographics.registry_status is 'Overall status of the registration in the registry''s words (COMPLETED, TERMINATED, SUSPENDED, WITHDRAWN: before anybody took part, …): it says how far the trial came, not whether a report stands. NULL for papers.';
comment on column evidence.trial_demographics.needs_review is 'Whether the rules doubt that the report belongs here, so that a human should look.';
comment on column evidence.trial_demographics.reported_year is 'Year of publication, or of registration.';
