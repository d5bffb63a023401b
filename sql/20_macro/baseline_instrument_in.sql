-- ref.baseline_instrument_in(words): which rating scale that is not in ref.scale_in the words name, NULL when none known
-- They are those that trials of ketamine post beside the depression scales.
create macro ref.baseline_instrument_in(words) as case
    when regexp_matches(words, '(?i)\bids-?(c|sr)?\d*\b|inventory of depressive symptom') then 'ids'
    when regexp_matches(words, '(?i)\bcdrs|children''s depression rating') then 'cdrs'
    when regexp_matches(words, '(?i)\bepds\b|edinburgh postnatal') then 'epds'
    when regexp_matches(words, '(?i)\bgds\b|geriatric depression') then 'gds'
    when regexp_matches(words, '(?i)\bcgi\b|clinical global impression') then 'cgi'
    when regexp_matches(words, '(?i)\bc-?ssrs\b|columbia.?suicide') then 'cssrs'
    when regexp_matches(words, '(?i)\bm?ssi\b|\bbss(i)?\b|scale for suicid|suicidal ideation scale') then 'ssi'
    when regexp_matches(words, '(?i)\bbhs\b|beck hopelessness') then 'bhs'
    when regexp_matches(words, '(?i)\bcadss\b|clinician.?administered dissociative') then 'cadss'
    when regexp_matches(words, '(?i)\bbprs\b|brief psychiatric rating') then 'bprs'
    when regexp_matches(words, '(?i)\bymrs\b|young mania') then 'ymrs'
    when regexp_matches(words, '(?i)ham-?a\b|\bhars\b|hamilton anxiety|hamilton rating scale for anxiety') then 'hama'
    when regexp_matches(words, '(?i)\bgad-?7\b|generali[sz]ed anxiety disorder.{0,12}7') then 'gad7'
    when regexp_matches(words, '(?i)\bbai\b|beck anxiety') then 'bai'
    when regexp_matches(words, '(?i)\bhads\b|hospital anxiety') then 'hads'
    when regexp_matches(words, '(?i)\bcaps-?5?\b|clinician.?administered ptsd') then 'caps'
    when regexp_matches(words, '(?i)\bpcl\b|ptsd checklist') then 'pcl'
    when regexp_matches(words, '(?i)sheehan disability|\bsds\b') then 'sds'
    when regexp_matches(words, '(?i)\beq-?5d') then 'eq5d'
    when regexp_matches(words, '(?i)\bshaps\b|snaith.?hamilton') then 'shaps'
    when regexp_matches(words, '(?i)\bmoca\b|montreal cognitive') then 'moca'
    when regexp_matches(words, '(?i)\bmmse\b|mini.?mental state') then 'mmse'
    when regexp_matches(words, '(?i)\bgaf\b|global assessment of functioning') then 'gaf'
    when regexp_matches(words, '(?i)\batrq\b') then 'atrq'
    when regexp_matches(words, '(?i)\bathf\b|antidepressant treatment history') then 'athf'
end;

comment on macro ref.baseline_instrument_in is 'The rating scale beside those of ref.scale_in that the words name, or NULL.';
