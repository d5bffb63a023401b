-- ref.baseline_item_in(title, unit, instrument): what a characteristic of a baseline table is about, from its title in plain text
-- The registry's own titles are `Age, Continuous`, `Sex: Female, Male`, `Race (NIH/OMB)`, `Region of Enrollment`, …; in
-- customised ones the words decide. An age at onset, or the age of a caregiver, is not the age of who was studied.
create macro ref.is_about_others(title) as
    regexp_matches(title, '\b(mothers?|maternal|fathers?|paternal|parents?|parental|caregivers?|carers?|partners?|spouses?|donors?|siblings?|clinicians?|providers?|therapists?)\b');

create macro ref.is_age(title) as
    regexp_matches(title, '^((mean|median|average|participants?|patients?|subjects?|chronological|current)[ '']*s? )*age\b|\bage \(?(in )?(years|months|days)')
    and not regexp_matches(title, 'onset|diagnos|gestation|menarche|adjusted|\bage (at|of|when|since) (the |their )?(first|index|initial|start|transplant|death|surgery|injury)');

create macro ref.is_sex(title) as
    regexp_matches(title, '^((participants?|patients?|subjects?|biological|assigned|reported) )*(sex|gender)\b')
    or regexp_matches(title, '^((number|no\.?|percent\w*|%|proportion)( of)? )?(females?|males?|women|men)( (participants|patients|subjects))?$');

create macro ref.is_place(title) as
    regexp_matches(title, '\bcountr(y|ies)\b|^((geographic(al)?|world|study|site|census|u\.?s\.?) )*regions?\b|region of (the )?(enrol|residence|origin|world)|^continent');

create macro ref.is_part_of_the_world(words) as
    words != 'south africa'
    and regexp_matches(words, '^((north|south|latin|central|east|west|eastern|western|northern|southern)\W*(and |& )?)*(americas?|europe|asia|africa|oceania|australasia|asia.?pacific|middle east|rest of (the )?world|world|others?|european union|eu|emea|row)$');

create macro ref.counts_failed_treatments(title) as
    regexp_matches(title, '\b(fail(ed|ures?)?|inadequate|non-?respon\w*|unsuccessful|resistan\w*)\b.{0,40}\b(antidepress\w*|treatments?|medications?|drugs?|trials?|therap\w+|adts?)\b')
    or regexp_matches(title, '\b(antidepress\w*|treatments?|medications?|drugs?|therap\w+)\b.{0,20}\b(fail(ed|ures?)|non-?respon\w*)\b')
    or regexp_matches(title, '\bnumber of (\w+ ){0,2}(antidepressants?|antidepressant (trials|treatments|medications))\b')
    or regexp_matches(title, 'antidepressant treatment history|\bathf\b|atrq\b|maudsley staging|thase.{0,5}rush');

create macro ref.is_rated(title, unit) as
    regexp_matches(title, '\b(scale|scores?|inventory|questionnaire|checklist|rating)\b')
    or regexp_matches(unit, '\b(units?|points?|scores?) on (a|the) scale|\bscores?\b|^points?$|on a scale');

create macro ref.baseline_item_in(title, unit, instrument) as case
    when ref.is_about_others(title) then 'other'
    when regexp_matches(title, '\b(race|racial)\b') and regexp_matches(title, '\bethnic') then 'race_ethnicity'
    when regexp_matches(title, '\b(race|racial)\b') then 'race'
    when regexp_matches(title, '\bethnic') then 'ethnicity'
    when regexp_matches(title, '\bgender identity\b') then 'gender_identity'
    when ref.is_sex(title) then 'sex'
    when ref.is_age(title) then 'age'
    when ref.is_place(title) then 'place'
    when ref.counts_failed_treatments(title) then 'failed_treatments'
    when regexp_matches(title, '\bbmi\b|body mass index') then 'bmi'
    when regexp_matches(title, '^(mean |median |baseline |body )*(weight|wt)\b') then 'weight'
    when instrument is not null then 'severity'
    when ref.is_rated(title, coalesce(unit, '')) then 'severity'
    else 'other'
end;

comment on macro ref.is_about_others is 'Whether a characteristic is one of parents, caregivers or other people beside the participants.';
comment on macro ref.is_age is 'Whether a title names the age of the participants at entry.';
comment on macro ref.is_sex is 'Whether a title names sex or gender.';
comment on macro ref.is_place is 'Whether a title names the country or region of the participants.';
comment on macro ref.is_part_of_the_world is 'Whether the words name a part of the world and no country.';
comment on macro ref.counts_failed_treatments is 'Whether a title is about treatments that failed before.';
comment on macro ref.is_rated is 'Whether a title and its unit name a rating scale or score.';
comment on macro ref.baseline_item_in is 'What a baseline characteristic is about: age, sex, gender_identity, race, ethnicity, race_ethnicity, place, failed_treatments, severity, bmi, weight or other.';
