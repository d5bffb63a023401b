"""The nouns, frozen: what passes from room to room, and the glossary of the project.

document            one record exactly as a service or a file gave it
publication         one report in PubMed, parsed
registration        one trial record of ClinicalTrials.gov, parsed
text unit           a title, a section of an abstract, or one free-text field of a registration
span                a place in a document: field or JSON pointer, offsets, and the quote that stands there
reading             one value with the span that it was read from, the rule that read it, and how sure the rule is
dosing regimen      drug, route, dose and schedule given to one arm in one phase
rate                how many responded, remitted or relapsed, in whom, when
study               the unit of evidence: every registration and publication of one trial or cohort
link                what joins a publication to a registration, with its kind of evidence
"""
