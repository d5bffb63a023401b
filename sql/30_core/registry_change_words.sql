-- core.registry_change_words
-- grain: one row per change of a registration, side and place that says so
-- answers: where in the old and in the new version does it stand?
create table core.registry_change_words (
    change_id  varchar not null,
    side       varchar not null,
    ordinal    integer not null,
    pointer    varchar not null,
    span_start integer not null,
    span_end   integer not null,
    quote      varchar not null
);

comment on table core.registry_change_words is
    'One row per change of a registration, side and place that says so: where in the old and in the new version does it stand?';
comment on column core.registry_change_words.change_id is 'Change of core.registry_change.';
comment on column core.registry_change_words.side is 'old or new.';
comment on column core.registry_change_words.ordinal is 'Place in the list, from 1.';
comment on column core.registry_change_words.pointer is 'JSON pointer of the value in that version.';
comment on column core.registry_change_words.span_start is 'Offset of the first character in the value.';
comment on column core.registry_change_words.span_end is 'Offset behind the last character.';
comment on column core.registry_change_words.quote is 'Text that stands there.';
