-- ref.anchor_in(words): what a time frame is counted from, as far as it says so
-- The end of treatment is asked for first: `Baseline to 4 weeks after the last dose` ends four weeks after that dose.
-- A frame that names only a point (`Week 8`) says nothing, and `after each injection` names no single dose.
-- A bare `post-treatment` is most often the visit at the end of treatment (`baseline to post-treatment at week 8`).
create macro ref.anchor_in(words) as case
    when regexp_matches(lower(words),
        '\b(after|following|post|since|from)[ -](the |their )?(last|final) '
        || '|\b(end|completion|discontinuation|cessation|stop) of (the )?(\w+[ -]){0,2}'
        || '(treatment|infusions?|induction|dosing|medication|course|injections?)\b.{0,40}\b(to|until|through)\b'
        || '|\b(after|following|since|from) (the )?(end|completion|discontinuation|cessation|stopping) of\b'
        || '|\b(after|following)[ -](the )?(induction|treatment)\b|\bpost[ -](the )?induction\b'
        || '|\bpost-?\s?treatment (phase|period|follow)'
        || '|\d\s*(hour|day|week|month|year)s? post-?\s?treatment\b')
        then 'last_dose'
    when regexp_matches(lower(words),
        '\bbaseline\b|randomi[sz]|enrol|pre-?treatment'
        || '|\bfirst (dose|infusion|injection|treatment|administration|session)'
        || '|\b(days?|weeks?|months?)\s*0\b|\bdays?\s*1\b.{0,3}(,|to\b|and\b|through\b|up\b|until\b|-|–)'
        || '|\b(after|following|post)[ -](the )?(single )?(ketamine |drug )?(infusion|dose|injection|administration|ketamine)\b'
        || '|\b(start|initiation|beginning) of (the )?(study|treatment|trial)\b')
        then 'first_dose'
    when words is not null then 'unspecified'
end;

comment on macro ref.anchor_in is 'What a time frame is counted from: first_dose (randomisation and baseline too), last_dose or unspecified; NULL without a frame.';
