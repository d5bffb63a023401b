"""One registration with a value in every field that is read. Every sentence is invented."""

from __future__ import annotations

import json
from typing import Any

from ketalit.model.document import Document
from ketalit.model.registration import Registration
from ketalit.sources.ctgov.parse import registration
from ketalit.vocabulary import Source

Json = dict[str, Any]


def document(study: Json | bytes, nct_id: str = "NCT01234567") -> Document:
    """A document as a snapshot would hold it."""
    body = study if isinstance(study, bytes) else json.dumps(study).encode()
    return Document(Source.CTGOV, nct_id, body, "", "2026-01-01T00:00:00Z", "a literal")


def parsed(study: Json | bytes, nct_id: str = "NCT01234567") -> Registration:
    """The registration that a study states."""
    return registration(document(study, nct_id))


def short(nct_id: str = "NCT01234567", **modules: Any) -> Json:
    """A study with nothing but its id and the modules that a test is about."""
    return {"protocolSection": {"identificationModule": {"nctId": nct_id}, **modules}}


def resolve(study: Json, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901)."""
    value: Any = study
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step.replace("~1", "/").replace("~0", "~")]
    return value


PROTOCOL: Json = {
    "identificationModule": {
        "nctId": "NCT01234567",
        "nctIdAliases": ["NCT00000009"],
        "orgStudyIdInfo": {"id": "KET-1"},
        "secondaryIdInfos": [
            {"id": "2014-004584-20", "type": "EUDRACT_NUMBER"},
            {"id": "K1", "type": "OTHER", "domain": "Somewhere"},
        ],
        "briefTitle": "Ketamine for Invented Depression",
        "officialTitle": "A Double-Blind Invented Trial of Ketamine",
        "acronym": "INVENT",
    },
    "statusModule": {
        "overallStatus": "TERMINATED",
        "whyStopped": "Nobody came.",
        "startDateStruct": {"date": "2019-05", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2020-06-30", "type": "ACTUAL"},
        "completionDateStruct": {"date": "2021", "type": "ESTIMATED"},
        "studyFirstPostDateStruct": {"date": "2019-04-01", "type": "ESTIMATED"},
        "resultsFirstPostDateStruct": {"date": "2021-12-01", "type": "ACTUAL"},
        "lastUpdatePostDateStruct": {"date": "2022-01-02", "type": "ACTUAL"},
    },
    "sponsorCollaboratorsModule": {
        "responsibleParty": {
            "type": "PRINCIPAL_INVESTIGATOR",
            "investigatorFullName": "Ada Sample",
            "investigatorAffiliation": "Invented Hospital",
        },
        "leadSponsor": {"name": "Invented Hospital", "class": "OTHER"},
        "collaborators": [{"name": "Invented Institute", "class": "NIH"}],
    },
    "descriptionModule": {"briefSummary": "A summary \\[short\\].", "detailedDescription": "Details \\>= 50%."},
    "conditionsModule": {"conditions": ["Depression"], "keywords": ["ketamine", "mood"]},
    "designModule": {
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE2", "PHASE3"],
        "designInfo": {
            "allocation": "RANDOMIZED",
            "interventionModel": "PARALLEL",
            "primaryPurpose": "TREATMENT",
            "maskingInfo": {"masking": "QUADRUPLE"},
        },
        "enrollmentInfo": {"count": 40, "type": "ACTUAL"},
    },
    "armsInterventionsModule": {
        "armGroups": [
            {
                "label": "Ketamine",
                "type": "EXPERIMENTAL",
                "description": "One infusion of 0.5 mg/kg.",
                "interventionNames": ["Drug: Ketamine"],
            },
            {"label": "Waiting", "type": "NO_INTERVENTION"},
        ],
        "interventions": [
            {
                "type": "DRUG",
                "name": "Ketamine",
                "description": "Given over 40 minutes.",
                "armGroupLabels": ["Ketamine"],
                "otherNames": ["Ketalar"],
            }
        ],
    },
    "outcomesModule": {
        "primaryOutcomes": [{"measure": "MADRS", "description": "Total score.", "timeFrame": "Day 1"}],
        "secondaryOutcomes": [{"measure": "Relapse", "timeFrame": "Day 28"}],
        "otherOutcomes": [{"measure": "Blood pressure"}],
    },
    "eligibilityModule": {
        "eligibilityCriteria": "Adults in invented low spirits.",
        "healthyVolunteers": False,
        "sex": "ALL",
        "minimumAge": "18 Years",
        "maximumAge": "65 Years",
        "stdAges": ["ADULT", "OLDER_ADULT"],
    },
    "contactsLocationsModule": {
        "overallOfficials": [{"name": "Ada B. Sample, MD", "affiliation": "Ward 1", "role": "STUDY_CHAIR"}],
        "locations": [
            {"facility": "Ward 1", "status": "COMPLETED", "city": "Nowhere", "state": "Texas", "country": "Utopia"}
        ],
    },
    "referencesModule": {
        "references": [{"pmid": "12345678", "type": "RESULT", "citation": "Doe J. An invented trial."}]
    },
}

GROUPS = [{"id": "G0", "title": "Ketamine", "description": "Got it."}, {"id": "G1", "title": "Waiting"}]
TOTAL = {"id": "G2", "title": "Total"}

RESULTS: Json = {
    "participantFlowModule": {
        "groups": GROUPS,
        "periods": [
            {
                "title": "Overall Study",
                "milestones": [
                    {
                        "type": "STARTED",
                        "achievements": [
                            {"groupId": "G0", "numSubjects": "1,020", "comment": "All of them."},
                            {"groupId": "G1"},
                        ],
                    }
                ],
                "dropWithdraws": [{"type": "Lost", "reasons": [{"groupId": "G0", "numSubjects": "2"}]}],
            }
        ],
    },
    "baselineCharacteristicsModule": {
        "groups": [*GROUPS, TOTAL],
        "denoms": [{"units": "Participants", "counts": [{"groupId": g, "value": "20"} for g in ("G0", "G1", "G2")]}],
        "measures": [
            {
                "title": "Age, Continuous",
                "paramType": "MEAN",
                "dispersionType": "STANDARD_DEVIATION",
                "unitOfMeasure": "years",
                "classes": [
                    {
                        "categories": [
                            {
                                "measurements": [
                                    {"groupId": "G0", "value": "45.5", "spread": ".9"},
                                    {"groupId": "G2", "value": "NA", "comment": "Not asked."},
                                ]
                            }
                        ]
                    }
                ],
            },
            {
                "title": "Sex: Female, Male",
                "paramType": "COUNT_OF_PARTICIPANTS",
                "unitOfMeasure": "Participants",
                "denoms": [{"units": "Participants", "counts": [{"groupId": "G0", "value": "19"}]}],
                "classes": [
                    {
                        "title": "Asked",
                        "denoms": [{"units": "Participants", "counts": [{"groupId": "G0", "value": "18"}]}],
                        "categories": [{"title": "Female", "measurements": [{"groupId": "G0", "value": "11"}]}],
                    },
                    {"categories": [{"title": "Male", "measurements": [{"groupId": "G0", "value": "7"}]}]},
                    {"categories": [{"title": "Male", "measurements": [{"groupId": "G1", "value": "6"}]}]},
                ],
            },
        ],
    },
    "outcomeMeasuresModule": {
        "outcomeMeasures": [
            {
                "type": "PRIMARY",
                "title": "MADRS",
                "description": "Total score.",
                "populationDescription": "Everybody.",
                "reportingStatus": "POSTED",
                "paramType": "MEDIAN",
                "dispersionType": "95% Confidence Interval",
                "unitOfMeasure": "units",
                "timeFrame": "Day 1",
                "denomUnitsSelected": "eyes",
                "groups": GROUPS,
                "denoms": [
                    {"units": "Participants", "counts": [{"groupId": "G0", "value": "20"}]},
                    {"units": "eyes", "counts": [{"groupId": "G0", "value": "40"}]},
                ],
                "classes": [
                    {
                        "title": "Day 1",
                        "categories": [
                            {
                                "title": "All",
                                "measurements": [
                                    {
                                        "groupId": "G0",
                                        "value": "-21.4",
                                        "lowerLimit": "-30,600",
                                        "upperLimit": "NA",
                                        "comment": "Not reached.",
                                    },
                                    {"groupId": "G1", "comment": "Nobody measured."},
                                ],
                            }
                        ],
                    }
                ],
                "analyses": [
                    {
                        "groupIds": ["G0", "G1"],
                        "statisticalMethod": "ANCOVA",
                        "pValue": "<0.001",
                        "paramType": "Mean Difference",
                        "paramValue": "-.90",
                        "dispersionType": "STANDARD_ERROR_OF_MEAN",
                        "dispersionValue": "0.1",
                        "ciNumSides": "TWO_SIDED",
                        "ciPctValue": "95",
                        "ciLowerLimit": "-1.2",
                        "ciUpperLimit": "-.6",
                        "nonInferiorityType": "SUPERIORITY",
                        "estimateComment": "Ketamine minus waiting.",
                    }
                ],
            },
            {"type": "SECONDARY", "title": "Relapse", "reportingStatus": "NOT_POSTED"},
        ]
    },
    "adverseEventsModule": {
        "frequencyThreshold": "5",
        "timeFrame": "28 days",
        "eventGroups": [
            {
                "id": "G0",
                "title": "Ketamine",
                "description": "Got it.",
                "deathsNumAffected": 0,
                "deathsNumAtRisk": 20,
                "seriousNumAffected": 1,
                "seriousNumAtRisk": 20,
                "otherNumAffected": 9,
                "otherNumAtRisk": 20,
            }
        ],
        "seriousEvents": [
            {
                "term": "Fall",
                "organSystem": "Injury",
                "sourceVocabulary": "MedDRA 24.0",
                "assessmentType": "SYSTEMATIC_ASSESSMENT",
                "notes": "On the stairs.",
                "stats": [{"groupId": "G0", "numEvents": 1, "numAffected": 1, "numAtRisk": 20}],
            }
        ],
        "otherEvents": [{"term": "Nausea", "stats": [{"groupId": "G0", "numAffected": 9, "numAtRisk": 20}]}],
    },
    "moreInfoModule": {"limitationsAndCaveats": {"description": "Too small."}},
}

STUDY: Json = {
    "protocolSection": PROTOCOL,
    "resultsSection": RESULTS,
    "derivedSection": {
        "miscInfoModule": {"versionHolder": "2026-01-01"},
        "conditionBrowseModule": {"meshes": [{"id": "D003866", "term": "Depressive Disorder"}]},
        "interventionBrowseModule": {"meshes": [{"id": "D007649", "term": "Ketamine"}]},
    },
    "hasResults": True,
}
