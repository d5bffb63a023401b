-- ref.at_risk_in(title, kind): the words that say in whom a posted outcome was counted, NULL when they do not say
-- A relapse is one of people who had responded or remitted: there every mention of either says who they were, unless it
-- is the definition of relapse. In other outcomes only `in responders` and the like does. Gives words, not a category.
create macro ref.at_risk_words(title, kind) as nullif(
    case
        when kind = 'relapse' then coalesce(
            nullif(regexp_extract(
                title,
                '(?i)(responders?|(clinical |stable |with )*response|responded)\b[^.;]{0,90}?\bnot\b[^.;]{0,12}\bremi\w+'
            ), ''),
            nullif(regexp_extract(
                regexp_replace(title, '(?i)\b(loss of|non-?|no longer in) ?\w+', ''),
                '(?i)\b(?:stable |sustained |full |clinical )?(?:remission|remitters?|remitted|responders?|responded|response)\b'
            ), '')
        )
        else regexp_extract(
            title,
            '(?i)\b(?:in|among|amongst) (?:the |all |acute |initial )*(?:\w+ )?(?:responders?|remitters?)\b'
        )
    end, '');

create macro ref.at_risk_in(title, kind) as case
    when regexp_matches(ref.at_risk_words(title, kind), '(?i)respon') then 'responders'
    when regexp_matches(ref.at_risk_words(title, kind), '(?i)remi') then 'remitters'
end;

comment on macro ref.at_risk_words is 'The words of a title that say in whom an outcome was counted; NULL when it does not say.';
comment on macro ref.at_risk_in is 'In whom an outcome was counted: responders, remitters, or NULL when its title does not say.';
