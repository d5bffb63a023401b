-- ref.safety_group
-- grain: one row per wording of an adverse event
-- answers: which group of ketamine's known harms does an event belong to, and why?
-- The groups are the warnings of the US label of esketamine (SPRAVATO prescribing information, sections 5.1 to 5.9:
-- sedation, dissociation, abuse and misuse, suicidal thoughts, increases in blood pressure, cognition, cystitis) with
-- what trials of ketamine assess besides: nausea and dizziness, mania and psychosis, deaths. `discontinuation` has no
-- wordings here: it comes from reasons for leaving (ref.is_adverse_event_reason). Respiratory depression, heart rate,
-- headache, fatigue, anxiety and whatever else no wording meets are `other`.
--
-- A pattern is one or more whole words in lower case, `%` what may follow (as LIKE reads it). Spelling is
-- that of MedDRA's preferred terms, British, and beside it American where the two differ. A term that meets patterns of
-- several groups belongs to the group with the lowest place: first the exceptions (place 0), then what a reader must
-- not miss (suicidality before death, since MedDRA's `Completed suicide` says both), then the more specific experience
-- before the less specific one.
create table ref.safety_group (
    pattern     varchar not null,
    event_group varchar not null,
    place       integer not null,
    reason      varchar not null
);

insert into ref.safety_group
with groups as (
    ---------- exceptions: words of a group that mean something else here
    select 'other' as event_group, 0 as place,
        'pressure of other vessels, organs or of the eye, not systemic blood pressure' as reason,
        [
            'portal hypertension', 'pulmonary hypertension', 'pulmonary arterial hypertension',
            'intracranial hypertension', 'ocular hypertension', 'intra abdominal hypertension', 'venous hypertension'
        ] as patterns
    union all
    select 'other', 0, 'unconsciousness of metabolic cause, no sedation', [
        'hyperglycaemic unconsciousness', 'hyperglycemic unconsciousness', 'hypoglycaemic unconsciousness',
        'hypoglycemic unconsciousness', 'hypoglycaemic coma', 'hypoglycemic coma', 'hyperglycaemic coma',
        'hyperglycemic coma', 'diabetic% coma', 'hepatic coma'
    ]
    union all
    select 'other', 0, 'operations, stones and tumours, no symptom of the lower urinary tract', [
        'urinary incontinence surgery', 'urinary tract neoplasm', 'urinary tract cancer', 'calculus urinary',
        'urinary bladder polyp', 'urinary calculus', 'urinary tract stoma %'
    ]
    union all
    select 'other', 0, 'death of somebody else, the thought of it, or survival', [
        'foetal death', 'fetal death', 'intrauterine death', 'neonatal death', 'death of relative', 'fear of death',
        'non fatal'
    ]
    union all
    select 'other', 0, 'a rhythm of the heart, no state of mind', [
        'electromechanical dissociation', 'atrioventricular dissociation'
    ]
    union all
    select 'other', 0, 'what was done to a person, or hunger, no misuse of a drug', [
        'sexual abuse', 'physical abuse', 'child abuse', 'elder abuse', 'victim of abuse', 'food craving'
    ]
    union all
    select 'other', 0,
        'a brief lift of mood after a dose: the label lists euphoric mood and feeling drunk by themselves; it is neither mania nor misuse',
        ['euphoric mood', 'euphoria', 'feeling drunk', 'elevated mood']
    union all
    ---------- groups
    select 'suicidality', 1, 'MedDRA query Suicide/self-injury; label 5.5, suicidal thoughts and behaviours', [
        'suicid%', 'self injur%', 'self harm%', 'selfharm', 'intentional overdose', 'poisoning deliberate', 'hanging',
        'parasuicid%', 'self mutilation'
    ]
    union all
    select 'death', 2, 'death of a participant under whatever name; suicides stand under suicidality', [
        'death', 'deaths', 'died', 'fatal'
    ]
    union all
    select 'mania_or_psychosis', 3,
        'affective switch (assessed with YMRS) and psychotic symptoms (BPRS positive); the label counts hallucinations to dissociation, trials of ketamine to psychotomimetic effects',
        [
            'mania', 'manic', 'hypomani%', 'bipolar%', 'affective switch', 'mood switch%', 'psychosis', 'psychotic%',
            'psychotomimetic', 'psychomimetic', 'hallucinat%', 'delusion%', 'paranoi%', 'schizo%', 'emergence reaction%',
            'persecutory%', 'thought disorder%', 'ideas of reference'
        ]
    union all
    select 'dissociation', 4,
        'label 5.2: dissociative or perceptual changes (time, space, illusions), derealisation, depersonalisation; items of CADSS. Blurred vision, paraesthesia and tinnitus, which the label counts too, have many causes and are other',
        [
            'dissociat%', 'depersonali%', 'dereali%', 'illusion%', 'time perception altered', 'autoscopy',
            'out of body%', 'perceptual%', 'altered perception', 'perception altered', 'feeling of unreality',
            'feeling unreal', 'feeling of detachment', 'feeling detached', 'feeling of floating', 'k hole'
        ]
    union all
    select 'abuse_or_misuse', 5, 'MedDRA query Drug abuse and dependence; label 5.4, abuse and misuse', [
        'abuse%', 'misuse%', 'drug dependen%', 'substance dependen%', 'alcohol dependen%', 'opioid dependen%',
        'addict%', 'alcoholism', 'drug use disorder', 'substance use%', 'alcohol use disorder', 'drug diversion',
        'product diversion', 'drug craving', 'craving', 'drug seeking%', 'overdose', 'withdrawal syndrome',
        'drug withdrawal', 'alcohol withdrawal%', 'alcohol poisoning', 'alcohol intoxication', 'drug intoxication'
    ]
    union all
    select 'urinary', 6,
        'ketamine uropathy: symptoms, inflammation and infection of the lower urinary tract and what they lead to above it (label 5.9; Hong 2018, Hong Kong Med J 24:175)',
        [
            'cystitis', 'pyelocystitis', 'urethritis', 'dysuria', 'pollakiuria', 'micturition%', 'nocturia',
            'haematuria', 'hematuria', 'blood urine present', 'urinary tract%', 'urinary track%', 'urinary retention',
            'urinary incontinence', 'urinary hesitation', 'urinary urgency', 'urinary frequency', 'urinary infection',
            'urinary symptom%', 'urinary pain', 'urinary difficult%', 'urinary complaint%', 'urge incontinence',
            'incontinence urine', 'genitourinary tract infection', 'bladder infection', 'bladder pain',
            'bladder spasm%', 'bladder irritation', 'bladder discomfort', 'bladder dysfunction', 'bladder disorder',
            'bladder symptom%', 'bladder outlet obstruction', 'bladder hypertonic', 'bladder inflammation',
            'overactive bladder', 'hypertonic bladder', 'strangury', 'lower urinary%', 'enuresis', 'hydronephrosis',
            'vesicoureteric reflux', 'ureteric stenosis', 'ureteric obstruction', 'urosepsis'
        ]
    union all
    select 'blood_pressure', 7,
        'MedDRA query Hypertension and its counterpart; label 5.6, increases in blood pressure. Falls are included: the term says which way',
        [
            'blood pressure%', 'hypertension', 'hypertensive%', 'hypotension', 'hypotensive%', 'prehypertension',
            'hemodynamic%', 'haemodynamic%', 'systolic blood%', 'diastolic blood%'
        ]
    union all
    select 'cognition', 8, 'label 5.7, cognitive impairment; confusion and delirium', [
        'cognitive%', 'cognition%', 'memory%', 'amnesi%', 'amnestic%', 'confusion%', 'confusional%', 'confused',
        'disorientation', 'disoriented', 'delirium', 'dementia', 'disturbance in attention',
        'concentration impair%', 'impaired concentration', 'mental impairment', 'mental status changes',
        'mental status change', 'bradyphrenia', 'thinking abnormal', 'executive dysfunction', 'word finding%'
    ]
    union all
    select 'sedation', 9,
        'label 5.1, sedation up to loss of consciousness (MOAA/S); terms of MedDRA''s Disturbances in consciousness. Fainting and fatigue are other',
        [
            'sedat%', 'somnolen%', 'drows%', 'sleepiness', 'hypersomnia', 'letharg%', 'stupor', 'consciousness',
            'unconscious%', 'coma', 'comatose', 'unresponsive%', 'oversedation', 'obtunded'
        ]
    union all
    select 'nausea_or_dizziness', 10,
        'one group, as readers ask for it: nausea, vomiting, dizziness and vertigo follow a dose together; the term tells them apart. Presyncope is lightheadedness in CTCAE',
        [
            'nausea%', 'nauseous', 'vomit%', 'emesis', 'retching', 'motion sickness', 'dizz%', 'lightheaded%',
            'light headed%', 'vertigo%', 'giddiness', 'presyncope'
        ]
)

select unnest(patterns), event_group, place, reason
from groups;

comment on table ref.safety_group is
    'One row per wording of an adverse event: which group of ketamine''s known harms does it belong to, and why?';
comment on column ref.safety_group.pattern is
    'Whole words in lower case that stand in the event; % stands for what may follow.';
comment on column ref.safety_group.event_group is
    'dissociation, blood_pressure, sedation, nausea_or_dizziness, suicidality, urinary, abuse_or_misuse, mania_or_psychosis, cognition, death, or other for exceptions.';
comment on column ref.safety_group.place is
    'Order of the groups: an event that meets several belongs to the lowest.';
comment on column ref.safety_group.reason is 'Why these words make the group, with its source.';
