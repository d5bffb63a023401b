-- ref.place(field, span_start, span_end, quote, rule, is_derived, confidence): where one value stands, as one struct
-- A comparison rests on several places of two documents; kept together, they travel with the value.
create macro ref.place(field, span_start, span_end, quote, rule, is_derived, confidence) as {
    'field': field::varchar,
    'span_start': span_start::integer,
    'span_end': span_end::integer,
    'quote': quote::varchar,
    'rule': rule::varchar,
    'is_derived': is_derived::boolean,
    'confidence': confidence::double
};

comment on macro ref.place is 'Where one value stands: field, offsets, quote, rule, whether it is arithmetic, and confidence, as one struct.';
