"""Values that belong together and are printed in one cell: a dose with its unit, a mean with its SD, n of N."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct

from ketalit.export.presentation import shown, word

Row = Mapping[str, Any]


ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def readable(text: str) -> str:
    r"""Text of the registry without the backslashes of its markdown: `\>=50%` is >=50%."""
    return ESCAPED.sub(r"\1", text)


class Joined(Struct, frozen=True):
    """Columns that are printed as one."""

    column: str
    """The column in whose place it stands and whose absence it takes."""
    heading: str
    parts: tuple[str, ...]
    text: Callable[[Row], str]


def number(value: Any) -> str:
    """A number with at most two decimals: more would claim a precision that nobody measured."""
    if value is None:
        return ""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.1 else f"{value:.3g}"


def percent(value: float) -> str:
    """A share with one decimal at most: samples are small."""
    return f"{number(round(value, 1))}%"


def _range(row: Row, low: str, high: str, *, upto: str = "up to ") -> str:
    first, last = row[low], row[high]
    if first is None and last is None:
        return ""
    if first is None or last is None or first == last:
        return number(first) if first is not None else f"{upto}{number(last)}"
    return f"{number(first)}–{number(last)}"


def _dose(row: Row) -> str:
    stated = _range(row, "dose", "dose_max")
    return f"{stated} {shown('dose_unit', row['dose_unit'])}".strip() if stated else ""


def _sessions(row: Row) -> str:
    return _range(row, "sessions", "sessions_max")


def _people(row: Row) -> str:
    if row["n"] is None:
        return ""
    basis = shown("n_basis", row["n_basis"])
    return f"{row['n']} (basis not stated)" if basis in {"", "unspecified"} else f"{row['n']} {basis}"


def _of(row: Row, n: str, denominator: str, pct: str) -> str:
    """`10/22 (45.45%)`, or as much of it as there is."""
    share = "" if row[pct] is None else percent(row[pct])
    if row[n] is None:
        return share
    count = f"{row[n]}/{row[denominator]}" if row[denominator] is not None else str(row[n])
    return f"{count} ({share})" if share else count


def _score(row: Row) -> str:
    if row["value"] is None or row["pct"] is not None:
        return ""  # a posted count is printed as a rate
    limits = _range(row, "lower_limit", "upper_limit")
    spread = number(row["dispersion"]) or (limits.replace("–", " to ") if limits else "")
    kind = {"Standard Deviation": "SD", "Standard Error": "SE", "95% Confidence Interval": "95% CI"}
    said = kind.get(row["dispersion_type"] or "", (row["dispersion_type"] or "").lower())
    unit = row["unit"] if row["unit"] and row["unit"].lower() not in {"participants", "units on a scale"} else ""
    return " ".join(part for part in (number(row["value"]), unit, f"({said} {spread})" if spread else "") if part)


def _outcome(row: Row) -> str:
    kind = shown("outcome_kind", row["outcome_kind"])
    written = ", ".join(part for part in (row["outcome_title"], row["row_heading"]) if part)
    return f"{kind}: {readable(written)}" if kind and written else kind


def _time(row: Row) -> str:
    days = "" if row["time_days"] is None else _days(row["time_days"])
    written = row["time_frame"] or ""
    return f"{written} ({days})" if written and days and days not in written else written or days


def _days(days: float) -> str:
    return f"{number(days)} day{'' if days == 1 else 's'}"


def _until(days: str, of: str, said: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        if row[days] is None:
            return ""
        more = shown(of, row[of])
        return _days(row[days]) + (said.format(more) if more and more != "unspecified" else "")

    return text


def _effect(row: Row) -> str:
    if row["effect"] is None:
        return ""
    level = "" if row["ci_pct"] is None else f"{number(row['ci_pct'])}% "
    lower, upper = row["ci_lower"], row["ci_upper"]
    is_whole = lower is not None and upper is not None
    interval = f" ({level}CI {number(lower)} to {number(upper)})" if is_whole else ""
    return f"{row['effect_type'] or ''} {number(row['effect'])}{interval}".strip()


def _stated(side: str) -> Callable[[Row], str]:
    """What the registry or the paper states on an item, with the words that decide."""

    def text(row: Row) -> str:
        value, quote = row[f"{side}_value"], row.get(f"{side}_quote")
        if not value:
            return ""
        said = ", ".join(word(part) for part in value.split(", ")) if row["item"] in CODED_ITEMS else readable(value)
        return f"{said} (“{readable(quote)}”)" if quote and quote.casefold() not in value.casefold() else said

    return text


def _mean(name: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        if row[f"{name}_mean"] is None:
            return ""
        spread = row[f"{name}_sd"]
        return number(row[f"{name}_mean"]) + (f" (SD {number(spread)})" if spread is not None else "")

    return text


def _count(name: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        n, pct = row[f"n_{name}"], row[f"pct_{name}"]
        if n is None:
            return "" if pct is None else percent(pct)
        return f"{n}" + (f" ({percent(pct)})" if pct is not None else "")

    return text


def _counted(name: str, heading: str) -> Joined:
    return Joined(f"n_{name}", heading, (f"n_{name}", f"pct_{name}"), _count(name))


CODED_ITEMS: Final = frozenset({"route", "primary_outcome"})
"""Items of a comparison whose values are words of a closed list."""
_SIDES: Final = tuple(
    Joined(f"{side}_value", heading, (f"{side}_value", f"{side}_quote"), _stated(side))
    for side, heading in (("registry", "Registry states"), ("paper", "Paper states"))
)
_PEOPLE: Final = Joined("n", "People", ("n", "n_basis"), _people)
JOINED: Final[Mapping[str, tuple[Joined, ...]]] = {
    "dosing_protocols": (
        Joined("dose", "Dose", ("dose", "dose_max", "dose_unit"), _dose),
        Joined("sessions", "Doses given", ("sessions", "sessions_max"), _sessions),
        _PEOPLE,
    ),
    "durability_of_effect": (
        Joined("outcome_kind", "Outcome", ("outcome_kind", "outcome_title", "row_heading"), _outcome),
        Joined("time_days", "Time", ("time_days", "time_frame"), _time),
        Joined(
            "time_to_relapse_days",
            "Time to relapse",
            ("time_to_relapse_days", "statistic"),
            _until("time_to_relapse_days", "statistic", " ({})"),
        ),
        Joined(
            "follow_up_days",
            "Follow-up",
            ("follow_up_days", "follow_up_anchor"),
            _until("follow_up_days", "follow_up_anchor", " from {}"),
        ),
        Joined("pct", "Rate", ("pct", "n", "denominator"), lambda r: _of(r, "n", "denominator", "pct")),
        Joined(
            "value",
            "Score as posted",
            ("value", "unit", "dispersion", "dispersion_type", "lower_limit", "upper_limit"),
            _score,
        ),
    ),
    "outcome_comparisons": (
        Joined("effect", "Estimate", ("effect", "effect_type", "ci_pct", "ci_lower", "ci_upper"), _effect),
    ),
    "registry_discrepancies": _SIDES,
    "registry_comparisons": _SIDES,
    "trial_demographics": (
        _PEOPLE,
        Joined("age_mean", "Age, mean, years", ("age_mean", "age_sd"), _mean("age")),
        Joined("age_min", "Age, range, years", ("age_min", "age_max"), lambda r: _range(r, "age_min", "age_max")),
        Joined(
            "eligible_age_min",
            "Eligible age, years",
            ("eligible_age_min", "eligible_age_max"),
            lambda r: _range(r, "eligible_age_min", "eligible_age_max"),
        ),
        _counted("female", "Women"),
        _counted("white", "White"),
        _counted("black", "Black or African American"),
        _counted("asian", "Asian"),
        _counted("american_indian", "American Indian or Alaska Native"),
        _counted("pacific_islander", "Native Hawaiian or Pacific Islander"),
        _counted("multiple_races", "More than one race"),
        _counted("other_race", "Other race"),
        _counted("race_unknown", "Race unknown"),
        _counted("hispanic", "Hispanic or Latino"),
        _counted("not_hispanic", "Not Hispanic or Latino"),
        _counted("ethnicity_unknown", "Ethnicity unknown"),
        Joined(
            "baseline_score_mean",
            "Baseline score, mean",
            ("baseline_score_mean", "baseline_score_sd"),
            _mean("baseline_score"),
        ),
        Joined(
            "failed_treatments_mean",
            "Failed treatments, mean",
            ("failed_treatments_mean", "failed_treatments_sd"),
            _mean("failed_treatments"),
        ),
    ),
    "safety": (
        Joined(
            "n_affected",
            "Affected",
            ("n_affected", "n_at_risk", "pct"),
            lambda r: _of(r, "n_affected", "n_at_risk", "pct"),
        ),
    ),
}
