-- ref.plain_text(words): words of the registry in lower case, without HTML entities and markdown escapes
-- The service hands out `Race (NIH&#x2F;OMB)` and `\>=50%`; both must match what the registry's pages show.
create macro ref.plain_text(words) as
    trim(regexp_replace(
        replace(replace(replace(replace(replace(replace(lower(words),
            '&#x2f;', '/'), '&#x27;', ''''), '&amp;', '&'), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'),
        '\\([][<>=~*_#+.-])', '\1', 'g'
    ));

comment on macro ref.plain_text is 'Words of the registry in lower case, without HTML entities and markdown escapes.';
