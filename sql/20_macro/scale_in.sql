-- ref.scale_in(words): which depression rating scale the words name, NULL when none
create macro ref.scale_in(words) as case
    when regexp_matches(words, '(?i)madrs|montgomery') then 'madrs'
    when regexp_matches(words, '(?i)ham-?d|hdrs|hrsd|hamilton (depression|rating scale for depression)') then 'hamd'
    when regexp_matches(words, '(?i)qids|quick inventory of depress') then 'qids'
    when regexp_matches(words, '(?i)phq-?9|patient health questionnaire') then 'phq9'
    when regexp_matches(words, '(?i)\bbdi\b|bdi-ii|beck depression') then 'bdi'
end;

comment on macro ref.scale_in is 'The depression rating scale that the words name: madrs, hamd, qids, phq9, bdi, or NULL.';
