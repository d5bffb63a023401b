-- ref.counts_event(heading), ref.counts_others(heading): whom a row of a posted outcome counts, as its heading says
-- `Yes`, `Responder`, `Onset seen` count those with the event; `No`, `Non-responder`, `Onset not seen`, `Partial
-- response`, `Missing` count others. Everything else (`Day 8`, `Overall`, `Norway`) says neither.
create macro ref.counts_others(heading) as
    coalesce(
        regexp_matches(heading,
            '(?i)^\W*(no|not|none|neither|never|without|un(known|changed|evaluable|assessed)|false)\b'
            || '|[:=,(–-]\W*(no|not|none|false|missing|unknown)\W*$'
            || '|\b(not|never|neither|nor|without|lack of|absence of|failed|failure|fails?)\b|n''t\b'
            || '|\bnon[ -]?(respon|remi|relaps|achie|evaluab|compl)'
            || '|\b(partial|minimal|minor|inadequate|poor|insufficient)\b'
            || '|\b(missing|not available|n/a|unknown|withdr(e|a)wn?|withdrawal|drop(ped)?[ -]?outs?|discontinued)\b'
            || '|\b(lost to|died|excluded|other)\b'),
        false
    );

create macro ref.counts_event(heading) as
    coalesce(
        regexp_matches(heading,
            '(?i)^\W*(yes|y|true|achieved|attained|met|present|observed|seen|occurred)\W*$'
            || '|[:=,(–-]\W*(yes|true|achieved|met|present)\W*$'
            || '|\b(responders?|responded|response|remitters?|remitted|remission|relapsed?|relapsers?|recurrence)\b'
            || '|\b(seen|achieved|attained|observed)\W*$')
        and not ref.counts_others(heading),
        false
    );

comment on macro ref.counts_others is 'Whether a row heading says that others than those with the event are counted: No, Non-responder, Missing, Partial response.';
comment on macro ref.counts_event is 'Whether a row heading says that those with the event are counted: Yes, Responder, Remission, Achieved.';
