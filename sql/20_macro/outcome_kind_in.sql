-- ref.outcome_kind_in(title): what a posted outcome is a rate or time of, NULL when its title leaves that open
-- ref.is_on_outcome(title): whether it is about response, remission or relapse at all, so that it has a row
-- Call both with plain words (ref.plain_text). The title decides, never the figure, and nothing is inverted: those who
-- stayed free of relapse are relapse_free, not 100 % minus a relapse rate. A title that counts the others (`without
-- response`), two events at once, or thoughts of suicide has a row under its own words and no kind. Response is often
-- said as `at least 50 % reduction` only.
create macro ref.is_other_domain(title) as
    regexp_matches(title, 'immune|antibod|dose.respon|pharmacokinetic|galvanic|skin|hemodynamic|haemodynamic|pressor'
        || '|response time|cortisol|startle|neural|brain|\bbold\b|\beeg\b|evoked')
    or not regexp_matches(title, 'depress|madrs|montgomery|ham-?d|hdrs|hrsd|qids|phq|\bbdi\b')
        and regexp_matches(title, '\bpain\b|headache|anxiety|ptsd|post-?traumatic|obsess|compuls|alcohol|cocaine|opioid'
            || '|drinking|craving|tumou?r|seizure');

create macro ref.names_response(title) as
    regexp_matches(title, 'respon(se|der|ded|ding)')
    or regexp_matches(title, '(>=|≥|=>|at least|greater than or equal to)\s*(a )?50\s*(%|percent)[^.;]{0,12}'
        || '(reduction|improvement|decrease|fall|drop|decline)')
    or regexp_matches(title, '50\s*(%|percent) or (more|greater|higher|better)[^.;]{0,12}'
        || '(reduction|improvement|decrease|fall|drop|decline)')
    or regexp_matches(title, '(reduction|improvement|decrease|fall|drop|decline) (of|by) (>=|≥|at least) ?50\s*(%|percent)');

create macro ref.names_remission(title) as regexp_matches(title, 'remission|remitter|\bremit');

create macro ref.names_relapse(title) as regexp_matches(title, 'relaps|recurrence');

create macro ref.is_on_outcome(title) as
    coalesce(
        (ref.names_response(lower(title)) or ref.names_remission(lower(title)) or ref.names_relapse(lower(title)))
        and not ref.is_other_domain(lower(title)),
        false
    );

create macro ref.is_free_of_relapse(title) as
    regexp_matches(title, '(relapse|recurrence)[ -]free|free(dom)?[ -](of|from) (any )?(relapse|recurrence)'
        || '|\b(no|not|never|without|absence of|non)[ -]'
        || '(a |any |having |have |had |subsequent |further |experienc\w+ )*(relaps|recurrence)'
        || '|\b(not|n''t) (experience|have|had|suffer|meet)\w*\b[^.;]{0,30}(relaps|recurrence)');

create macro ref.is_sustained(title) as
    regexp_matches(title,
        '(sustain|maintain|maint[ae]n|durable|durability|persist|lasting|continu|stable|prolonged|enduring)\w*'
        || '( \w+){0,3} (response|responders?|remission|remitters?)'
        || '|(response|responders?|remission|remitters?)\b[^.;]{0,40}'
        || '\b(sustained|maintained|persist\w*|kept|lasting|lasts?|held)\b'
        || '|onset of (clinical |treatment |antidepressant )*response');

-- the people among whom something was counted are not what was counted
create macro ref.without_people_at_risk(title) as
    regexp_replace(title, '\b(in|among|amongst) (the |all |acute |initial )*(\w+ )?(responders?|remitters?)\b', ' ', 'g');

create macro ref.outcome_kind_of(title) as case
    when regexp_matches(title, 'suicid|failure or relaps|relaps\w* or (discontinu|withdraw|drop|non|death|failure|hospital)')
        then null
    when ref.is_free_of_relapse(title) then 'relapse_free'
    when ref.names_relapse(title) then 'relapse'
    when regexp_matches(title, 'loss of (response|remission)|partial|early improvement|onset of'
            || '|\b(no|not|without|non|never|lack of|failure)\b[ -](\w+ ){0,3}?(respon|remi)')
        and not regexp_matches(title, 'onset of (clinical |treatment |antidepressant )*response')
        then null
    when ref.names_response(title) and ref.names_remission(title) then null
    when ref.is_sustained(title) and ref.names_remission(title) then 'sustained_remission'
    when ref.is_sustained(title) then 'sustained_response'
    when ref.names_remission(title) then 'remission'
    when ref.names_response(title) then 'response'
end;

create macro ref.outcome_kind_in(title) as
    case
        when not ref.is_other_domain(lower(title)) then ref.outcome_kind_of(ref.without_people_at_risk(lower(title)))
    end;

comment on macro ref.is_other_domain is 'Whether a response is one of antibodies, pain, brain or blood pressure, and not of depression.';
comment on macro ref.names_response is 'Whether the words name a response, or a reduction of at least 50 %.';
comment on macro ref.names_remission is 'Whether the words name a remission.';
comment on macro ref.names_relapse is 'Whether the words name a relapse or recurrence.';
comment on macro ref.is_on_outcome is 'Whether a posted outcome is about response, remission or relapse, so that it has a row.';
comment on macro ref.is_free_of_relapse is 'Whether those without a relapse are counted.';
comment on macro ref.is_sustained is 'Whether a response or remission is counted that lasted over a stated time.';
comment on macro ref.without_people_at_risk is 'The words without `in responders` and the like.';
comment on macro ref.outcome_kind_of is 'The kind that the words name, the people at risk left out of them.';
comment on macro ref.outcome_kind_in is 'What a posted outcome is a rate or time of: response, remission, relapse, relapse_free, sustained_response, sustained_remission, or NULL.';
