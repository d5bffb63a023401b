-- ref.outcome_kind_in(title): whether a posted outcome is about response, remission or relapse, NULL when none
-- Relapse is asked for first: `time to relapse in remitters` is about relapse. Response is a share of people whose score
-- fell, by at least half unless the title says otherwise (threshold is kept as written); plasma or immune responses and
-- dose-response outcomes are not.
create macro ref.outcome_kind_in(title) as case
    when regexp_matches(title, '(?i)relaps|recurrence') then 'relapse'
    when regexp_matches(title, '(?i)remission|remitter|\bremit') then 'remission'
    when regexp_matches(title, '(?i)immune|dose.respon|pharmacokinetic|galvanic|hemodynamic|haemodynamic') then null
    when regexp_matches(title, '(?i)respon(se|der|ded)') then 'response'
end;

comment on macro ref.outcome_kind_in is 'What a posted outcome is about: response, remission, relapse, or NULL.';
