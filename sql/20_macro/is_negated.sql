-- ref.is_negated(heading): whether a row of a posted outcome counts the people without the event
create macro ref.is_negated(heading) as
    coalesce(
        regexp_matches(heading, '(?i)^\s*(no|not|without)\b|[:=,(–-]\s*no\W*$')
            or regexp_matches(heading, '(?i)\bnon[- ]?(respon|remit|relaps)|\bdid not\b'),
        false
    );

comment on macro ref.is_negated is 'Whether a row of a posted outcome counts the people without the event: `No`, `Non-responder`.';
