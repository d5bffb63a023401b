-- every_reading_quotes_its_document
-- question: which readings have no quote, or offsets that do not fit it?
-- why: A value without the words that it was read from is no evidence.
select entity_id, attribute, quote
from core.reading
where trim(quote) = '' or span_start < 0 or span_end - span_start != length(quote)
order by entity_id, attribute, ordinal;
