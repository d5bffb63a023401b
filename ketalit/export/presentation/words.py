"""The closed words of the database as a clinician writes them: `iv` as IV, `open_label` as open label."""

from __future__ import annotations

from typing import Any, Final

from ketalit.export.cells import plain

WORDS: Final[dict[str, str]] = {
    # ---- routes
    "iv": "IV",
    "im": "IM",
    "sc": "SC",
    # ---- designs
    "rct_parallel": "RCT, parallel",
    "rct_crossover": "RCT, crossover",
    "rct_withdrawal": "RCT, randomised withdrawal",
    "open_label": "open label",
    "meta_analysis": "meta-analysis",
    # ---- populations
    "trd": "TRD",
    "mdd": "MDD",
    # ---- comparators
    "ect": "ECT",
    "ketamine_other": "other ketamine regimen",
    "active_other": "other active drug",
    "other_anaesthetic": "other anaesthetic",
    "none": "none",
    # ---- outcomes and times
    "relapse_free": "free of relapse",
    "first_dose": "first dose",
    "last_dose": "last dose",
    "on_drug": "on drug",
    "drug_free": "drug-free",
    "score_change": "change of score",
    "least_squares_mean": "least-squares mean",
    "non_inferiority": "non-inferiority",
    "post_hoc": "post hoc",
    # ---- dose units
    "ug/kg/min": "µg/kg/min",
    # ---- sources
    "pubmed": "PubMed",
    "ctgov": "ClinicalTrials.gov",
    # ---- categories of people
    "female": "women",
    "male": "men",
    "white": "White",
    "black": "Black",
    "asian": "Asian",
    "american_indian": "American Indian or Alaska Native",
    "pacific_islander": "Native Hawaiian or Pacific Islander",
    "multiple_races": "more than one race",
    "hispanic": "Hispanic",
    "not_hispanic": "not Hispanic",
    # ---- roles
    "follow_up": "follow-up",
    # ---- safety
    "any_serious": "any serious event",
    "any_other": "any other event",
    "discontinuation": "left for adverse events",
    # ---- instruments
    "athf": "ATHF",
    "atrq": "ATRQ",
    "bai": "BAI",
    "bdi": "BDI",
    "bhs": "BHS",
    "bprs": "BPRS",
    "bss": "BSS",
    "cadss": "CADSS",
    "caps5": "CAPS-5",
    "cdrs_r": "CDRS-R",
    "cesd": "CES-D",
    "cgi": "CGI",
    "cgi_ss": "CGI-SS",
    "cssrs": "C-SSRS",
    "epds": "EPDS",
    "eq5d": "EQ-5D",
    "gad7": "GAD-7",
    "gaf": "GAF",
    "gds": "GDS",
    "hads": "HADS",
    "hama": "HAM-A",
    "hamd": "HAM-D",
    "hvlt_r": "HVLT-R",
    "ids": "IDS",
    "isi": "ISI",
    "madrs": "MADRS",
    "mmse": "MMSE",
    "moaas": "MOAA/S",
    "moca": "MoCA",
    "mssi": "MSSI",
    "panss": "PANSS",
    "pcl5": "PCL-5",
    "pgic": "PGI-C",
    "phq2": "PHQ-2",
    "phq8": "PHQ-8",
    "phq9": "PHQ-9",
    "psqi": "PSQI",
    "pwc20": "PWC-20",
    "qids": "QIDS",
    "qlesq": "Q-LES-Q",
    "sds": "SDS",
    "sf36": "SF-36",
    "shaps": "SHAPS",
    "sibat": "SIBAT",
    "ssi": "SSI",
    "stai": "STAI",
    "who5": "WHO-5",
    "whodas": "WHODAS",
    "ybocs": "Y-BOCS",
    "ymrs": "YMRS",
}
"""Only what does not read well with its underscores replaced."""

CODED: Final = frozenset(
    {
        "source",
        "compared_source",
        "design",
        "populations",
        "drug",
        "drugs",
        "route",
        "routes",
        "dose_unit",
        "comparators",
        "n_basis",
        "n_source",
        "phase",
        "outcome_kind",
        "outcome_type",
        "instrument",
        "at_risk",
        "time_anchor",
        "follow_up_anchor",
        "treatment_status",
        "statistic",
        "hypothesis",
        "ci_sides",
        "effect_dispersion_type",
        "item",
        "event_group",
        "baseline_scale",
        "integrity",
        "role",
        "paper_role",
        "link_kinds",
        "dimension",
        "category",
        "topic",
        "topic_group",
        "monitoring",
        "sponsor_class",
        "status",
        "phases",
        "enrollment_kind",
        "param_type",
        "dispersion_type",
        "assessment_type",
        "differs_in",
        "says",
        "old_kind",
        "new_kind",
        "registry_status",
        "integrity_source",
        "said_in",
    }
)
"""Columns that hold words of a closed list; all others hold text as the source wrote it, or numbers."""


def word(code: str) -> str:
    """One word of a closed list as it is printed; capitals of the registry become small letters."""
    if code in WORDS:
        return WORDS[code]
    if code.startswith("hamd"):
        return f"HAM-D{code.removeprefix('hamd')}"
    spaced = code.replace("_", " ")
    if spaced.isupper() and spaced not in {"NIH", "FED", "NA"}:
        return spaced.lower().replace("phase", "phase ").replace("  ", " ")
    return spaced


def shown(column: str, value: Any) -> str:
    """A value of a column as people read it; text of a source stays as the source wrote it."""
    if column not in CODED or value is None:
        return plain(value)
    if isinstance(value, list | tuple):
        return ", ".join(word(plain(item)) for item in value)
    return word(plain(value))
