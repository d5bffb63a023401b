-- ref.integrity_statement
-- grain: one row per mark by which PubMed, or a list of retractions, says whether a report stands
-- answers: what does each mark say of the report, who bears it, and which of several marks weighs most?
-- The marks are the reference types and publication types of PubMed's document type; what they mean is the policy of NLM,
-- "Errata, Retractions, and Other Linked Citations in PubMed" (www.nlm.nih.gov/bsd/policy/errata.html): the retraction of
-- a part of an article is a correction of it, and an update replaces the article that it updates.
create table ref.integrity_statement (
    statement varchar not null,
    borne_by  varchar not null,
    integrity varchar not null
);

insert into ref.integrity_statement values
    ('RetractionIn', 'report', 'retracted'),
    ('RetractionOf', 'notice', 'retracted'),
    ('RetractedandRepublishedIn', 'report', 'retracted'),
    ('RetractedandRepublishedFrom', 'notice', 'retracted'),
    ('Retracted Publication', 'report', 'retracted'),
    ('ExpressionOfConcernIn', 'report', 'expression_of_concern'),
    ('ExpressionOfConcernFor', 'notice', 'expression_of_concern'),
    ('Duplicate Publication', 'report', 'duplicate'),
    ('ErratumIn', 'report', 'corrected'),
    ('ErratumFor', 'notice', 'corrected'),
    ('PartialRetractionIn', 'report', 'corrected'),
    ('PartialRetractionOf', 'notice', 'corrected'),
    ('CorrectedandRepublishedIn', 'report', 'corrected'),
    ('CorrectedandRepublishedFrom', 'notice', 'corrected'),
    -- entries of the Retraction Watch list
    ('Retraction', 'list', 'retracted'),
    ('Expression of concern', 'list', 'expression_of_concern'),
    ('Correction', 'list', 'corrected'),
    ('UpdateIn', 'report', 'updated'),
    ('UpdateOf', 'notice', 'updated');

comment on table ref.integrity_statement is
    'One row per mark by which PubMed, or a list of retractions, says whether a report stands: what does it say of the report, and who bears it?';
comment on column ref.integrity_statement.statement is 'Reference type or publication type, as PubMed writes it; nature of an entry in a list.';
comment on column ref.integrity_statement.borne_by is
    'report: the mark stands in the record of the report that it is about; notice: in that of the notice, reprint or later version; list: in a list of retractions.';
comment on column ref.integrity_statement.integrity is
    'What it says of the report: retracted, expression_of_concern, duplicate, corrected or updated.';
