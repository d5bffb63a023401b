-- bridge._stated_regimen
-- grain: one row per dose, route or number of sessions of a row of evidence.dosing_protocols
-- reads: bridge._dosing_row, bridge._dosing_cell
-- answers: which doses, routes and numbers of sessions does each document state?
-- What the evidence table shows is what is compared.
create table bridge._stated_regimen as
with cells as (
    select
        regimen.study_id,
        regimen.source,
        regimen.source_id,
        regimen.row_id,
        cell.column_name,
        cell.value_text,
        cell.value_number,
        ref.place(
            cell.field, cell.span_start, cell.span_end, cell.quote, cell.rule, cell.is_derived, cell.confidence
        ) as place
    from bridge._dosing_row as regimen
    join bridge._dosing_cell as cell using (row_id)
    where cell.ordinal = 1
        and cell.is_plausible
        and cell.column_name in ('dose', 'dose_max', 'dose_unit', 'sessions', 'sessions_max', 'route', 'phase')
),

regimens as (
    select
        study_id,
        source,
        source_id,
        row_id as stated_in,
        max(value_number) filter (column_name = 'dose') as dose,
        max(value_number) filter (column_name = 'dose_max') as dose_max,
        max(value_text) filter (column_name = 'dose_unit') as dose_unit,
        max(value_number) filter (column_name = 'sessions') as sessions,
        max(value_number) filter (column_name = 'sessions_max') as sessions_max,
        max(value_text) filter (column_name = 'route') as route,
        max(value_text) filter (column_name = 'phase') as phase,
        list(place order by column_name, place::varchar) filter (column_name in ('dose', 'dose_max')) as dose_places,
        list(place order by column_name, place::varchar) filter (column_name in ('sessions', 'sessions_max')) as sessions_places,
        list(place order by place::varchar) filter (column_name = 'route') as route_places
    from cells
    group by study_id, source, source_id, row_id
)

-- `up to 1 mg/kg` states no lowest dose, so it allows every one below
select
    study_id,
    source,
    source_id,
    'dose' as item,
    stated_in,
    dose_unit as unit,
    null::varchar as basis,
    coalesce(dose, 0) as low,
    coalesce(dose_max, dose) as high,
    null::varchar as word,
    0::double as step,
    dose_places as places
from regimens
where dose_places is not null
union all
select
    study_id, source, source_id, 'sessions', stated_in, 'sessions', phase,
    coalesce(sessions, 0), coalesce(sessions_max, sessions), null, 0, sessions_places
from regimens
where sessions_places is not null
union all
select study_id, source, source_id, 'route', stated_in, null, null, null, null, route, 0, route_places
from regimens
where route_places is not null;

comment on table bridge._stated_regimen is
    'One row per dose, route or number of sessions of a row of evidence.dosing_protocols: which does each document state?';
comment on column bridge._stated_regimen.study_id is 'Study of core.study.';
comment on column bridge._stated_regimen.source is 'pubmed or ctgov.';
comment on column bridge._stated_regimen.source_id is 'PMID or NCT id.';
comment on column bridge._stated_regimen.item is 'dose, route or sessions.';
comment on column bridge._stated_regimen.stated_in is 'Row of the evidence table, entity or JSON pointer that states it.';
comment on column bridge._stated_regimen.unit is 'Unit of the dose as reported, or sessions; NULL for routes.';
comment on column bridge._stated_regimen.basis is 'Phase of the sessions: acute, maintenance or NULL.';
comment on column bridge._stated_regimen.low is 'Value, or the lowest of a range; NULL for words.';
comment on column bridge._stated_regimen.high is 'Value, or the highest of a range; NULL for words.';
comment on column bridge._stated_regimen.word is 'Word of the vocabulary; NULL for numbers.';
comment on column bridge._stated_regimen.step is '0: these numbers are not rounded.';
comment on column bridge._stated_regimen.places is 'Where it stands: field, offsets, quote, rule, whether it is arithmetic, confidence.';
