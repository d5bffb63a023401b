"""Charts: what they count, what they say of it, and that the same release draws the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ketalit import outputs
from ketalit.errors import SettingsError
from ketalit.export.charts import CHARTS, Figure, figures, png, specification, svg
from ketalit.export.charts.figure import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VEGA_LITE, VERMILION, bubble
from ketalit.export.charts.labels import left_out, listed, many
from ketalit.export.charts.lanes import Lane, Stretch, _dose_days, _lanes
from ketalit.release import Releases
from ketalit.settings import Settings
from ketalit.warehouse import Reader, read
from tests.unit.warehouse.examples import build

RETRACTED = "PMID99999906"
NAMES = [chart.__name__ for chart in CHARTS]


@pytest.fixture(scope="module")
def reader(built: Settings) -> Iterator[Reader]:
    with read(Releases(built.home).current().database) as reader:
        yield reader


@pytest.fixture(scope="module")
def drawn(reader: Reader) -> dict[str, Figure]:
    return dict(zip(NAMES, figures(reader), strict=True))


@pytest.fixture(scope="module")
def written(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("charts")
    outputs.charts(built, out)
    return out


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with build(tmp_path_factory.mktemp("empty") / "evidence.duckdb", [], []) as reader:
        yield reader


def parts(value: Any, key: str) -> Iterator[Any]:
    """Everything that stands under a key, however deep."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == key:
                yield part
            yield from parts(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from parts(part, key)


# ---- what every chart says


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_has_a_title_a_sentence_words_for_the_blind_and_a_table(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    assert not figure.is_empty
    assert figure.title
    assert figure.description.endswith(".")
    assert {len(row) for row in figure.rows} == {len(figure.headings)}


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_says_what_it_counts_and_what_it_left_out(drawn: dict[str, Figure], name: str) -> None:
    counted = drawn[name].counted
    assert any(character.isdigit() for character in counted)
    assert "Left out: " in counted or "Nothing was left out." in counted


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_names_its_axes(drawn: dict[str, Figure], name: str) -> None:
    titles = [title for title in parts(drawn[name].plot, "title") if isinstance(title, str) and title]
    assert titles


@pytest.mark.parametrize("name", NAMES)
def test_colours_are_those_that_colour_blind_people_tell_apart(drawn: dict[str, Figure], name: str) -> None:
    greys = {GREY, "#a6a6a6", "#d9d9d9"}
    palette = {BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, "#8c6d31", "#000000", *greys}
    used = {
        colour
        for encoding in parts(drawn[name].plot, "color")
        if isinstance(encoding, dict)
        for colours in parts(encoding, "range")
        for colour in colours
    }
    assert used <= palette


@pytest.mark.parametrize("name", ["dose_map", "effect_since_last_dose", "demographics_and_reference"])
def test_marks_differ_in_shape_as_well_as_in_colour(drawn: dict[str, Figure], name: str) -> None:
    plot = drawn[name].plot
    coloured = {e["field"] for e in parts(plot, "color") if isinstance(e, dict) and "field" in e}
    shaped = {e["field"] for e in parts(plot, "shape") if isinstance(e, dict) and "field" in e}
    assert coloured == shaped != set()


# ---- what they count


def test_a_retracted_study_is_in_no_chart_but_in_what_was_left_out(drawn: dict[str, Figure], reader: Reader) -> None:
    retracted = {
        row["study_id"]
        for row in reader.rows("select study_id from evidence.study_overview where n_retracted > 0 and not is_included")
    }
    assert retracted
    for figure in drawn.values():
        shown = " ".join(str(value) for row in figure.rows for value in row)
        assert [study for study in retracted if study in shown] == []
    assert f"{len(retracted)} retracted" in drawn["dose_map"].counted


def test_doses_stand_in_the_unit_in_which_they_were_reported(drawn: dict[str, Figure], reader: Reader) -> None:
    stated = {
        (row["dose_unit"], row["dose"])
        for row in reader.rows("select dose_unit, coalesce(dose, dose_max) as dose from evidence.dosing_protocols")
    }
    assert {(row[0], row[4]) for row in drawn["dose_map"].rows} <= stated


def test_the_studies_of_the_dose_map_and_those_left_out_are_all(drawn: dict[str, Figure], reader: Reader) -> None:
    (counts,) = reader.rows(
        "select count(*) filter (is_included and is_own_sample and not needs_review) as own,"
        " count(*) filter (needs_review) as doubtful from evidence.study_overview"
    )
    counted = drawn["dose_map"].counted
    told = [int(number) for number in counted.replace(",", "").replace(";", " ").split() if number.isdigit()]
    assert sum(told) == counts["own"] + counts["doubtful"] + 1  # the retracted one


def test_a_ratio_of_a_handful_of_people_is_not_drawn(drawn: dict[str, Figure]) -> None:
    figure = drawn["demographics_and_reference"]
    few = [row for row in figure.rows if row[3] < 50 and row[6] is not None]
    assert few
    assert [words for words in parts(figure.plot, "words") if "ratio" in str(words) and " of 4," in str(words)] == []


def test_cells_of_the_evidence_map_count_each_study_once(drawn: dict[str, Figure], reader: Reader) -> None:
    (studies,) = reader.rows("select count(*) as n from evidence.study_overview where is_included")
    assert 0 < max(row[3] for row in drawn["evidence_map"].rows) <= studies["n"]


# ---- courses


def regimen(**changes: Any) -> dict[str, Any]:
    plain = {
        "study_id": "S", "arm_label": None, "phase": None, "drug": "ketamine", "route": "iv", "dose": 0.5,
        "dose_max": None, "dose_unit": "mg/kg", "sessions": None, "sessions_max": None, "per_week": None,
        "course_days": None,
    }  # fmt: skip
    return {**plain, **changes}


def spans(*regimens: dict[str, Any]) -> list[list[tuple[str, float, float]]]:
    lanes: list[Lane] = list(_lanes(regimens))
    return [[(stretch.phase, stretch.start, stretch.days) for stretch in lane.stretches] for lane in lanes]


def test_maintenance_follows_an_induction_of_known_length() -> None:
    induction = regimen(phase="acute", sessions=8.0, per_week=2.0, course_days=28.0)
    maintained = regimen(phase="maintenance", per_week=1.0, course_days=84.0)
    assert spans(induction, maintained) == [[("Induction", 0, 28.0), ("Maintenance", 28.0, 84.0)]]


def test_maintenance_after_an_induction_of_unknown_length_starts_at_zero() -> None:
    maintained = regimen(phase="maintenance", per_week=1.0, course_days=84.0)
    assert spans(regimen(phase="acute"), maintained) == [[("Maintenance", 0, 84.0)]]


def test_a_length_that_is_not_stated_follows_from_number_and_frequency() -> None:
    assert spans(regimen(sessions=6.0, per_week=3.0)) == [[("Phase not stated", 0, 12.0)]]


@pytest.mark.parametrize("changes", [{"sessions": 1.0, "course_days": 7.0}, {"sessions": 6.0}, {"per_week": 2.0}])
def test_a_single_dose_and_a_course_without_a_length_have_no_lane(changes: dict[str, float]) -> None:
    assert spans(regimen(**changes)) == []


@given(doses=st.integers(2, 30), per_week=st.floats(0.25, 21), days=st.floats(1, 400), start=st.floats(0, 100))
def test_every_dose_of_a_phase_lies_within_it(doses: int, per_week: float, days: float, start: float) -> None:
    ticks = _dose_days(Stretch("Induction", start, days, str(doses), per_week))
    assert len(ticks) == doses
    assert ticks == sorted(ticks)
    assert start <= ticks[0]
    assert ticks[-1] <= start + days + 1e-9


# ---- drawn


@pytest.mark.parametrize("name", NAMES)
def test_the_svg_names_and_describes_itself_and_asks_for_nothing(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    root = etree.fromstring(svg(figure, note="Sample data.").encode())
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.findtext("s:title", namespaces=space) == figure.title
    assert root.findtext("s:desc", namespaces=space) == figure.description
    assert root.xpath("//s:script | //s:image | //s:foreignObject | //*[@href]", namespaces=space) == []
    assert "Sample data." in "".join(root.itertext())


def test_words_of_others_are_text_in_an_svg(drawn: dict[str, Figure]) -> None:
    from msgspec.structs import replace

    hostile = replace(drawn["trials_over_time"], title="<script>alert(1)</script>", description='"><b>')
    root = etree.fromstring(svg(hostile).encode())
    assert root.xpath("//*[local-name() = 'script' or local-name() = 'b']") == []


def test_the_specification_is_of_the_version_that_is_drawn(drawn: dict[str, Figure]) -> None:
    for figure in drawn.values():
        assert f"/v{VEGA_LITE}" in specification(figure)["$schema"]


def test_a_png_is_wide_enough_for_print(drawn: dict[str, Figure]) -> None:
    data = png(drawn["trials_over_time"])
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") >= 1500


PROGRAM = """
import sys
from pathlib import Path
from ketalit.export.charts import figures, png, svg
from ketalit.warehouse import read
with read(Path(sys.argv[1])) as reader:
    drawn = figures(reader)
sys.stdout.buffer.write("".join(map(svg, drawn)).encode() + png(drawn[-1]))
"""


def test_another_process_with_another_hash_seed_and_zone_draws_the_same_bytes(
    built: Settings, drawn: dict[str, Figure]
) -> None:
    other = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-c", PROGRAM, str(Releases(built.home).current().database)]
    there = subprocess.run(command, check=True, env=other, cwd=Path(__file__).parents[3], capture_output=True).stdout
    here = "".join(map(svg, drawn.values())).encode() + png(drawn["trials_over_time"])
    assert here == there


def test_each_chart_is_written_as_svg_png_csv_and_vega_lite(written: Path, drawn: dict[str, Figure]) -> None:
    kinds = (".svg", ".png", ".csv", ".vl.json")
    names = {f"{figure.name}{kind}" for figure in drawn.values() for kind in kinds}
    assert {path.name for path in written.iterdir()} == names | {"charts.md"}
    assert "Sample data" in (written / "dose-map.svg").read_text("utf-8")
    assert (written / "dose-map.csv").read_text("utf-8-sig").startswith("Unit,Route,Drug,Year,")


@pytest.mark.parametrize("number", range(len(CHARTS)), ids=NAMES)
def test_a_chart_of_nothing_says_so_and_is_still_drawn(empty: Reader, number: int) -> None:
    figure = CHARTS[number](empty)
    assert figure.is_empty
    assert "nothing to show" in figure.description
    assert "holds nothing that could be drawn" in svg(figure)


def test_a_folder_that_cannot_be_written_is_told(built: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        outputs.charts(built, tmp_path / "file")


# ---- words


def test_numbers_agree_with_their_nouns_and_reasons_of_zero_are_not_named() -> None:
    assert (many(1, "study", "studies"), many(1200, "rate")) == ("1 study", "1,200 rates")
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert left_out((0, "retracted"), (2, "without a dose")) == "Left out: 2 without a dose."
    assert left_out((0, "retracted")) == "Nothing was left out."


def test_the_legend_of_bubbles_has_round_numbers_up_to_the_largest() -> None:
    legends = [bubble("n", "People", [{"n": most}]).to_dict()["legend"]["values"] for most in (1, 2, 17, 1400)]
    assert legends == [[1], [1, 2], [1, 5, 20], [100, 500, 2000]]
