-- ref.is_about_mood(words): whether an outcome measures depression, suicidal thoughts or their course
-- These outcomes tell how long mood was followed; adverse events, costs and blood levels are often followed longer.
create macro ref.is_about_mood(words) as
    coalesce(
        regexp_matches(
            words,
            '(?i)depress|\bmood\b|suicid|anhedon|relaps|remission|remitter'
            || '|madrs|montgomery|ham-?d|\bhdrs|\bhrsd|qids|\bids\b|phq-?9|\bbdi\b|beck|\bcdrs|\bepds|\bgds\b'
            || '|\bcgi\b|clinical global'
        ),
        false
    );

comment on macro ref.is_about_mood is 'Whether an outcome measures depression, suicidal thoughts or their course.';
