-- bridge._stated_person
-- grain: one row per age, share or number that a document states of its whole sample
-- reads: bridge._demographics_row, bridge._demographics_cell
-- answers: how old were the people, how many were women, and of which race, in the whole sample?
-- What evidence.trial_demographics shows is what is compared. A group that is not the whole sample has no row here.
create table bridge._stated_person as
with people as (
    select
        who.study_id,
        who.source,
        who.source_id,
        who.row_id as stated_in,
        cell.column_name,
        sum(cell.value_number) as value,
        max(length(split_part(cell.value_text, '.', 2))) as decimals,
        list(
            ref.place(
                cell.field, cell.span_start, cell.span_end, cell.quote, cell.rule, cell.is_derived, cell.confidence
            )
            order by cell.field, cell.span_start, cell.span_end, cell.value_text, cell.rule
        ) as places
    from bridge._demographics_row as who
    join bridge._demographics_cell as cell using (row_id)
    where who.is_total and cell.is_plausible and cell.ordinal = 1 and cell.value_number is not null
        and (
            cell.column_name in ('age_mean', 'age_median', 'n_female', 'n_male')
            or starts_with(cell.column_name, 'pct_')
        )
    group by who.study_id, who.source, who.source_id, who.row_id, cell.column_name
),

-- who counts women and men states the share of women too
counted as (
    select
        women.* replace (
            'pct_female' as column_name,
            100 * women.value / (women.value + men.value) as value,
            women.places || men.places as places
        )
    from people as women
    join people as men using (stated_in)
    where women.column_name = 'n_female' and men.column_name = 'n_male' and women.value + men.value > 0
),

shares as (
    select * from people where starts_with(column_name, 'pct_')
    union all
    select * from counted where stated_in not in (select stated_in from people where column_name = 'pct_female')
)

select
    study_id,
    source,
    source_id,
    'age' as item,
    stated_in,
    replace(column_name, 'age_', '') || ', years' as unit,
    null::varchar as basis,
    value as low,
    value as high,
    null::varchar as word,
    pow(10, -decimals)::double as step,
    places
from people
where starts_with(column_name, 'age_')
union all
select
    study_id, source, source_id,
    case column_name when 'pct_female' then 'sex' else 'race' end,
    stated_in,
    '% ' || case column_name when 'pct_female' then 'women' else replace(column_name[5:], '_', ' ') end,
    null, value, value, null, 0, places
from shares
where not contains(column_name, 'unknown')
union all
-- a number of women is held against another where one side states no share
select study_id, source, source_id, 'sex', stated_in, 'women', null, value, value, null, 0, places
from people
where column_name = 'n_female'
    and (source = 'ctgov' or stated_in not in (select stated_in from shares where column_name = 'pct_female'));

comment on table bridge._stated_person is
    'One row per age, share or number that a document states of its whole sample: how old were the people, how many were women, and of which race?';
comment on column bridge._stated_person.study_id is 'Study of core.study.';
comment on column bridge._stated_person.source is 'pubmed or ctgov.';
comment on column bridge._stated_person.source_id is 'PMID or NCT id.';
comment on column bridge._stated_person.item is 'age, sex or race.';
comment on column bridge._stated_person.stated_in is 'Row of the evidence table, entity or JSON pointer that states it.';
comment on column bridge._stated_person.unit is 'mean, years; median, years; % women; women; or % and a race or ethnic group.';
comment on column bridge._stated_person.basis is 'Always NULL.';
comment on column bridge._stated_person.low is 'Value, or the lowest of a range; NULL for words.';
comment on column bridge._stated_person.high is 'Value, or the highest of a range; NULL for words.';
comment on column bridge._stated_person.word is 'Word of the vocabulary; NULL for numbers.';
comment on column bridge._stated_person.step is 'Rounding of an age: the value of its last digit, in years; 0 for shares and numbers.';
comment on column bridge._stated_person.places is 'Where it stands: field, offsets, quote, rule, whether it is arithmetic, confidence.';
