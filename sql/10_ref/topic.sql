-- ref.topic
-- grain: one row per topic that a study may take up
-- answers: what counts as this topic, and what does not?
create table ref.topic (
    topic       varchar not null,
    topic_group varchar not null,
    meaning     varchar not null
);

insert into ref.topic values
    ('psychotherapy', 'psychotherapy', 'Psychotherapy is given together with the drug; earlier, failed or background psychotherapy is none.'),
    ('suicidality_outcome', 'suicidality', 'Suicidal thoughts, behaviour or risk are measured, planned to be measured, or reported as changed; a suicidal sample or an adverse event alone is none.'),
    ('maintenance', 'maintenance', 'Doses are repeated to keep an effect: maintenance, continuation or relapse-prevention phase of the drug.'),
    ('abuse_potential', 'abuse_potential', 'Misuse, liking, craving, drug-seeking, diversion or dependence on the drug is studied; a history of substance use among the criteria is none.'),
    ('cost', 'cost_or_access', 'Costs, cost-effectiveness, budget impact or use of health care are studied; being called cost-effective is none.'),
    ('access', 'cost_or_access', 'Insurance, prior authorisation, REMS, distance, rurality or other barriers to getting the drug are studied.'),
    ('home', 'home_or_telehealth', 'The drug is taken at home.'),
    ('telehealth', 'home_or_telehealth', 'Care with the drug is given at a distance; remote rating alone is none.'),
    ('adolescent', 'special_population', 'Children or adolescents, by name or because nobody older than 21 may enter (US FDA: paediatric patients are 21 or younger).'),
    ('late_life', 'special_population', 'Older adults, by name or because nobody younger than 60 may enter (United Nations: older persons are 60 or over).'),
    ('postpartum', 'special_population', 'Women around childbirth.'),
    ('bipolar', 'special_population', 'People with bipolar disorder in the sample; bipolar disorder among the exclusions is none.'),
    ('veterans', 'special_population', 'Veterans or service members.');

comment on table ref.topic is
    'One row per topic that a study may take up: what counts as this topic, and what does not?';
comment on column ref.topic.topic is 'Topic of evidence.topics.';
comment on column ref.topic.topic_group is 'Question of readers that it belongs to: psychotherapy, suicidality, maintenance, abuse_potential, cost_or_access, special_population or home_or_telehealth.';
comment on column ref.topic.meaning is 'What counts, and what does not.';
