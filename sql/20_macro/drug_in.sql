-- ref.drug_in(words): which form of ketamine the words name, NULL when none
-- Names and codes: DOMAIN vocabulary of the search strategy; the stereoisomers are asked for first, since their names
-- contain the racemate's.
create macro ref.drug_in(words) as case
    when regexp_matches(words, '(?i)esketamin|\bs\W{0,3}\+?\W{0,2}ketamin|spravato|54135419|ketanest.?s\b')
        then 'esketamine'
    when regexp_matches(words, '(?i)arketamin|\br\W{0,3}-?\W{0,2}ketamin|\bpcn.?101\b')
        then 'arketamine'
    when regexp_matches(words, '(?i)ketamin|ketalar|ketanest') then 'ketamine'
end;

comment on macro ref.drug_in is 'The form of ketamine that the words name: esketamine, arketamine, ketamine, or NULL.';
