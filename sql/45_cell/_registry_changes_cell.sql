-- bridge._registry_changes_cell
-- grain: one row per filled cell of evidence.registry_changes and place that it rests on
-- reads: bridge._registry_changes_row, core.registry_change_words
-- answers: where in which version of the registration does the old or new value stand?
create view bridge._registry_changes_cell as
select
    changes.row_id,
    words.side || '_value' as column_name,
    words.ordinal,
    case words.side when 'old' then changes.old_value else changes.new_value end as value_text,
    case
        when changes.item = 'enrollment' then case words.side when 'old' then old_value else new_value end::double
    end as value_number,
    'ctgov' as source,
    changes.nct_id as source_id,
    words.pointer as field,
    words.span_start,
    words.span_end,
    words.quote,
    case
        when changes.item = 'dose' then 'dose.amount'
        else 'registry.' || coalesce(nullif(regexp_extract(words.pointer, '^/protocolSection/(\w+)Module', 1), ''), 'results')
    end as rule,
    false as is_derived,
    case when changes.item = 'dose' then 0.9 else 1.0 end as confidence,
    true as is_plausible,
    case words.side when 'old' then changes.old_sha256 else changes.new_sha256 end as sha256,
    case words.side when 'old' then changes.old_fetched_at else changes.new_fetched_at end as fetched_at,
    case words.side when 'old' then changes.old_request else changes.new_request end as request
from bridge._registry_changes_row as changes
join core.registry_change_words as words using (change_id);

comment on view bridge._registry_changes_cell is
    'One row per filled cell of evidence.registry_changes and place that it rests on: where in which version of the registration does it stand?';
comment on column bridge._registry_changes_cell.row_id is 'Row of the evidence view.';
comment on column bridge._registry_changes_cell.column_name is 'Column of the evidence view: old_value or new_value.';
comment on column bridge._registry_changes_cell.ordinal is '1, and more where several doses are stated.';
comment on column bridge._registry_changes_cell.value_text is 'Value as text.';
comment on column bridge._registry_changes_cell.value_number is 'Enrolment as number; NULL for words and dates.';
comment on column bridge._registry_changes_cell.source is 'ctgov.';
comment on column bridge._registry_changes_cell.source_id is 'NCT id of the registration.';
comment on column bridge._registry_changes_cell.field is 'JSON pointer of the value in that version.';
comment on column bridge._registry_changes_cell.span_start is 'Offset of the first character.';
comment on column bridge._registry_changes_cell.span_end is 'Offset behind the last character.';
comment on column bridge._registry_changes_cell.quote is 'Text that stands there.';
comment on column bridge._registry_changes_cell.rule is 'Module of the registry''s record, or the rule that reads doses.';
comment on column bridge._registry_changes_cell.is_derived is 'false: values are as written.';
comment on column bridge._registry_changes_cell.confidence is '1 for structured values; 0.9 for doses in words.';
comment on column bridge._registry_changes_cell.is_plausible is 'true: no column has limits.';
comment on column bridge._registry_changes_cell.sha256 is 'Digest of that version as stored in the snapshot.';
comment on column bridge._registry_changes_cell.fetched_at is 'When that version was obtained (UTC).';
comment on column bridge._registry_changes_cell.request is 'Request that brought that version.';
