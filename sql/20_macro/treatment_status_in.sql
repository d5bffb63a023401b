-- ref.treatment_status_in(words): whether the words of an outcome place it on the drug, after it, or across both
-- A follow-up or post-treatment phase, and a time counted from the last dose, are drug-free; a named treatment phase, the
-- end of treatment and `during treatment` are on the drug. A bare `post-treatment` or `follow-up` says neither: trials
-- write both for the visit at the end of treatment. Words after the course are taken away before words on it are looked
-- for, since `after the end of treatment` holds `end of treatment`.
create macro ref.off_drug_words() as
    '\bpost-?\s?treatment (phase|period|follow)|\bfollow-?\s?up (phase|period)\b'
    || '|\b(drug|medication|treatment|ketamine)-free\b'
    || '|\b(after|following|post|since|from)[ -](the |their )?(last|final) (\w+[ -]){0,3}?'
    || '(dose|infusion|injection|treatment|session|administration)s?\b'
    || '|\b(after|following|since|from) (the )?(end|completion|discontinuation|cessation|stopping) of (the )?(\w+[ -]){0,3}?'
    || '(treatment|infusions?|induction|dosing|medication|course|injections?|ketamine|drug)\b'
    || '|\b(end|completion|discontinuation|cessation|stop) of (the )?(\w+[ -]){0,2}?'
    || '(treatment|infusions?|induction|dosing|medication|course|injections?)\b.{0,20}?\b(to|until|through)\b';

create macro ref.on_drug_words() as
    '\b(maintenance|induction|optimi[sz]ation|continuation|treatment|dosing)( treatment)? (phase|period)\b'
    || '|\b(induction|optimi[sz]ation|treatment)/(maintenance|optimi[sz]ation) (phase|period)\b'
    || '|\bend of (the )?(\w+[ -]){0,2}?(treatment|induction|maintenance|infusions|dosing|course)\b'
    || '|\bduring (the )?(\w+[ -]){0,1}?(treatment|infusion|dosing|induction|maintenance)\b'
    -- a heading that is the name of a phase and nothing else
    || '|^\W*((induction|optimi[sz]ation|maintenance)[\W]*)+$';

create macro ref.treatment_status_in(words) as case
    when words is null then null
    when regexp_matches(lower(words), ref.off_drug_words())
        and regexp_matches(regexp_replace(lower(words), ref.off_drug_words(), ' ', 'g'), ref.on_drug_words()) then 'mixed'
    when regexp_matches(lower(words), ref.off_drug_words()) then 'drug_free'
    when regexp_matches(lower(words), ref.on_drug_words()) then 'on_drug'
end;

comment on macro ref.off_drug_words is 'Words that place an outcome after the last dose, as a regular expression.';
comment on macro ref.on_drug_words is 'Words that place an outcome within the treatment, as a regular expression.';
comment on macro ref.treatment_status_in is 'Whether the words place an outcome on the drug: on_drug, drug_free, mixed, or NULL when they do not say.';
