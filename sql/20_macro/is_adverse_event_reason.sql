-- ref.is_adverse_event_reason(reason): whether people left because of an adverse event, as the posted reason says
-- `Adverse Event` is the registry's own word. `Death` is a reason of its own and counted as such; `Lack of Efficacy` and
-- `No adverse event …` are none. A reason that names two (`Adverse event or lack of efficacy`) is left out: its number
-- is not that of either.
create macro ref.is_adverse_event_reason(reason) as
    coalesce(
        regexp_matches(reason,
            '(?i)\badverse[ -]?(drug )?(events?|effects?|reactions?|experiences?)\b|\b(side[ -]effects?|intolerab\w*|toxicit(y|ies))\b'
            || '|\b(poor tolerability|(drug|treatment|medication) intolerance|intolerance (to|of) \w+)\b|^\W*S?AE(s|\(s\))?\W*$')
        and not regexp_matches(reason,
            '(?i)\b(no|not|non|without|other than|unrelated|except)\b|\bor\b|/|\b(efficacy|lost to|consent)\b'),
        false
    );

comment on macro ref.is_adverse_event_reason is 'Whether a posted reason for leaving is an adverse event.';
