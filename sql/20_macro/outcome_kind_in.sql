-- ref.outcome_kind_in(title): whether a posted outcome is about response, remission or relapse, NULL when none
-- Relapse is asked for first: `time to relapse in remitters` is about relapse. Response is often said as `at least 50 %
-- reduction` only; immune responses and dose-response outcomes are none. Call it with plain words (ref.plain_text).
create macro ref.outcome_kind_in(title) as case
    when regexp_matches(title, '(?i)relaps|recurrence') then 'relapse'
    when regexp_matches(title, '(?i)remission|remitter|\bremit') then 'remission'
    when regexp_matches(title, '(?i)immune|dose.respon|pharmacokinetic|galvanic|hemodynamic|haemodynamic') then null
    when regexp_matches(title, '(?i)respon(se|der|ded)') then 'response'
    when regexp_matches(title, '(?i)(>=|≥|at least)\s*50\s*(%|percent)\s*(reduction|improvement|decrease)')
        then 'response'
end;

comment on macro ref.outcome_kind_in is 'What a posted outcome is about: response, remission, relapse, or NULL.';
