"""The evidence site as a reader meets it: from disk, without a network, on a desk, a phone and paper."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ketalit.export.site.tables import data_file

Open = Callable[..., Page]

INVENTED = "studies/NCT99999901.html"  # a registration with results and its paper, in conflict with each other
RETRACTED = "studies/PMID99999901.html"
TABLE = "tables/dosing_protocols.html"
KINDS = ("index.html", TABLE, "tables/trial_demographics.html", "charts.html", "searches.html", INVENTED, RETRACTED)


def shown(page: Page) -> list[str]:
    return page.locator("#table tbody tr").all_inner_texts()


def column(page: Page, heading: str) -> list[str]:
    """The cells of a column in view, by its heading."""
    headings = [text.strip() for text in page.locator("#table thead th").all_inner_texts()]
    place = headings.index(heading) + 1
    return page.locator(f"#table tbody tr td:nth-child({place})").all_inner_texts()


def data(site: Path, view: str) -> dict[str, Any]:
    text = (site / "data" / f"{view}.js").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("window.ketalitTable = ").rstrip(";\n"))
    return found


# ---- every page


def test_pages_of_every_kind_open_from_disk_in_silence(site: Path, opened: Open) -> None:
    page = opened("index.html")
    studies = sorted(site.glob("studies/*.html"))
    pages = [*sorted(site.glob("*.html")), *sorted(site.glob("tables/*.html")), *studies[::5]]
    for path in pages:
        page.goto(path.as_uri())
        expect(page.locator("h1")).to_have_count(1)
    assert (len(pages) > 30, len(studies) > 40) == (True, True)


def test_no_page_holds_script_or_style_and_each_states_a_strict_policy(site: Path) -> None:
    wrong = []
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        inline = re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", text)
        if not policy or "default-src &#39;none&#39;" not in policy[1] or "unsafe" in policy[1] or inline:
            wrong.append(path.name)
    assert wrong == []


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    targets: dict[Path, set[str]] = {}
    for path in site.rglob("*.html"):
        targets[path.resolve()] = set(re.findall(r'\sid="([^"]+)"', path.read_text("utf-8")))
    wrong = []
    for path in targets:
        for link in re.findall(r'\s(?:href|src)="([^"]+)"', path.read_text("utf-8")):
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            is_outside = link.startswith("https://")
            is_state = "/tables/" in f"/{name}" and "=" in anchor  # a filter that a table starts with
            if is_outside or (target.is_file() and (not anchor or is_state or anchor in targets[target])):
                continue
            wrong.append((path.name, link))
    assert wrong == []


@pytest.mark.parametrize(("name", "width"), [*((name, 1280) for name in KINDS), (TABLE, 390), (RETRACTED, 390)])
def test_pages_meet_the_accessibility_rules(name: str, width: int, opened: Open) -> None:
    page = opened(name, width=width)
    if name.startswith("tables/"):
        page.click("#filter-button")
        page.click("#column-button")
    found = Axe().run(page, options={"preload": False})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []


@pytest.mark.parametrize("name", KINDS)
def test_no_page_is_wider_than_a_phone(name: str, opened: Open) -> None:
    page = opened(name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_first_key_leads_past_the_navigation(opened: Open) -> None:
    page = opened(INVENTED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_sample_data_is_said_on_every_page(site: Path) -> None:
    assert [path.name for path in site.rglob("*.html") if "Cite nothing" not in path.read_text("utf-8")] == []


# ---- search


def test_a_study_is_found_by_words_anywhere_and_opened_by_keyboard(opened: Open) -> None:
    page = opened("index.html")
    page.fill("#search", "esketamine RELAPSE withdrawal")
    expect(page.locator("#search-results li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".kicker")).to_contain_text("NCT02493868")


def test_a_study_is_found_by_the_number_of_its_paper(opened: Open) -> None:
    page = opened("index.html")
    page.fill("#search", "31166571")
    expect(page.locator("#search-results")).to_contain_text("NCT02493868")
    page.fill("#search", "no such words at all")
    expect(page.locator("#search-status")).to_contain_text("0 of")


# ---- tables


def test_numbers_are_sorted_as_numbers_and_what_is_empty_stands_last(opened: Open) -> None:
    page = opened(TABLE)
    page.select_option("#length", "500")
    for _ in range(2):
        page.get_by_role("button", name=re.compile(r"^Dose \(lowest\)")).click()
        cells = column(page, "Dose (lowest)")
        numbers = [float(cell) for cell in cells if re.fullmatch(r"[\d.]+", cell)]
        assert numbers in (sorted(numbers), sorted(numbers, reverse=True))
        assert all(re.fullmatch(r"[\d.]+", cell) for cell in cells[: len(numbers)])


def test_filters_of_words_and_numbers_work_together(opened: Open) -> None:
    page = opened(TABLE)
    page.click("#filter-button")
    page.get_by_label("Route", exact=True).select_option("IV")
    page.get_by_label("Dose (lowest)", exact=True).fill(">0.4")
    assert set(column(page, "Route")) == {"IV"}
    assert all(float(cell) > 0.4 for cell in column(page, "Dose (lowest)"))
    expect(page.locator("#filter-button")).to_contain_text("(2)")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.locator("#status")).not_to_contain_text("that fit")


def test_rows_can_be_asked_for_by_why_a_cell_is_empty(opened: Open) -> None:
    page = opened(TABLE)
    page.click("#filter-button")
    page.get_by_label("Infusion, min", exact=True).fill("not reported")
    assert set(column(page, "Infusion, min")) == {"not reported"}


def test_a_link_holds_search_and_filters(site: Path, opened: Open) -> None:
    page = opened(TABLE)
    page.fill("#words", "esketamine")
    page.click("#filter-button")
    page.get_by_label("Route", exact=True).select_option("intranasal")
    rows, link = shown(page), page.url
    again = opened(f"{TABLE}#{link.partition('#')[2]}")
    assert shown(again) == rows != []


def test_a_search_finds_studies_by_author(site: Path, opened: Open) -> None:
    names = data(site, "dosing_protocols")["names"]
    study, name = next(iter(names.items()))
    page = opened(TABLE)
    page.fill("#words", name)
    assert all(study in row for row in shown(page))


def test_a_column_that_is_chosen_is_shown_and_stands_in_the_csv(opened: Open) -> None:
    page = opened(TABLE)
    page.click("#column-button")
    page.get_by_label("Dose as written", exact=True).check()
    page.get_by_label("Phase", exact=True).uncheck()
    headings = [text.strip() for text in page.locator("#table thead th").all_inner_texts()]
    assert ("Dose as written" in headings, "Phase" in headings) == (True, False)
    assert saved(page)[0] == ["Name", *headings]


def test_the_csv_holds_every_row_that_fits_in_its_order(opened: Open) -> None:
    page = opened(f"{TABLE}#route=IV")
    page.select_option("#length", "10")
    page.get_by_role("button", name=re.compile(r"^Dose \(lowest\)")).click()
    lines = saved(page)
    dose, route = lines[0].index("Dose (lowest)"), lines[0].index("Route")
    fit = re.search(r"of ([\d,]+) that fit", page.locator("#status").inner_text())
    assert fit is not None
    assert len(lines) - 1 == int(fit[1]) > 10
    assert {line[route] for line in lines[1:]} == {"IV"}
    assert [line[dose] for line in lines[1:11]] == column(page, "Dose (lowest)")


def saved(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.click("#csv-button")
    text = Path(download.value.path()).read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_row_of_a_table_leads_to_itself_on_the_page_of_its_study(opened: Open) -> None:
    page = opened(f"{TABLE}#study_id=NCT99999901&source=abstract")
    dose = column(page, "Dose (lowest)")[0]
    page.locator("#table tbody tr a").first.click()
    row = page.locator("tr.lit")
    expect(row).to_be_visible()
    expect(row).to_contain_text(dose)


def test_a_retracted_row_says_so_in_words(opened: Open) -> None:
    page = opened(f"{TABLE}#study_id=PMID99999901")
    rows = shown(page)
    assert rows
    assert all("retracted" in row for row in rows)


def test_pages_turn_by_keyboard(opened: Open) -> None:
    page = opened(TABLE)
    first = shown(page)[0]
    page.focus("#next")
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_have_text(re.compile(r"Page 2 of \d"))
    assert shown(page)[0] != first


def test_text_that_others_wrote_is_text_and_no_formula_or_markup(site: Path, opened: Open, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    table = data(site, "topics")
    names = [described["name"] for described in table["columns"]]
    row = {**dict.fromkeys([*names, "topic_absence"]), "study_id": hostile, "quote": f"=cmd() {hostile}"}
    row |= {"source_id": '"><script>', "integrity": "current"}
    (copy / "data" / "topics.js").write_bytes(data_file("topics", row, [row], {hostile: hostile}, "x"))
    page = opened("tables/topics.html", folder=copy)
    assert hostile in shown(page)[0]
    assert "Topics" in page.title()
    assert f"'=cmd() {hostile}" in saved(page)[1]


def test_a_printed_table_has_every_row_that_fits_and_no_controls(opened: Open) -> None:
    page = opened(TABLE)
    total = page.evaluate("ketalitTable.rows.length")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(shown(page)) == total
    assert not page.locator("#tools, nav, .pager").locator("visible=true").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(shown(page)) < total


# ---- studies


def test_a_value_leads_to_the_words_it_was_read_from_and_back(opened: Open) -> None:
    page = opened(INVENTED)
    page.locator("section[aria-labelledby=dosing_protocols]").get_by_role("link", name="0.2–0.4 mg/kg").click()
    passage = page.locator("mark.lit")
    expect(passage).to_have_text("0.2–0.4 mg kg−1")
    expect(passage).to_be_in_viewport()
    number = page.evaluate("location.hash.slice(2)")
    page.locator(f"a[href='#n{number}']").click()
    note = page.locator(f"#n{number}")
    expect(note).to_contain_text("Dose (lowest)")
    note.get_by_role("link", name="Dosing protocols").click()
    expect(page.locator("tr.lit")).to_contain_text("0.2–0.4 mg/kg")


def test_every_marked_passage_is_the_quote_of_its_note(opened: Open) -> None:
    page = opened(INVENTED)
    pairs = page.evaluate(
        """() => [...document.querySelectorAll('.text')].flatMap((text) => {
             const numbers = new Set([...text.querySelectorAll('mark')].flatMap((m) => m.dataset.p.split(' ')));
             return [...numbers].map((n) => [
               [...text.querySelectorAll(`mark[data-p~="${n}"]`)].map((m) => m.textContent).join(''),
               document.querySelector(`#n${n} q`).textContent]);
           })"""
    )
    assert len(pairs) > 30
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_a_posted_number_is_shown_with_its_field_although_the_list_is_folded(opened: Open) -> None:
    page = opened(INVENTED)
    page.locator("section[aria-labelledby=trial_demographics]").get_by_role("link", name="15 (62.5%)").click()
    row = page.locator("tr.lit")
    expect(row).to_be_visible()
    expect(row).to_contain_text("Posted baseline table")


def test_groups_of_people_stand_side_by_side_in_the_table_of_harms(opened: Open) -> None:
    page = opened(INVENTED)
    row = page.locator("section[aria-labelledby=safety] tr", has_text="Dissociation")
    assert row.locator("td").all_inner_texts()[:2] == ["9/23 (39.1%)", "0/23 (0%)"]


def test_discrepancies_stand_with_what_each_side_states(opened: Open) -> None:
    page = opened(INVENTED)
    rows = page.locator("section[aria-labelledby=registry_discrepancies] tbody tr")
    expect(rows.filter(has_text="different route")).to_contain_text("check first")


def test_a_retracted_report_is_marked_on_the_page_of_its_study(opened: Open) -> None:
    page = opened(RETRACTED)
    expect(page.locator(".chips")).to_contain_text("retracted")
    expect(page.locator("tr.retracted").first).to_contain_text(re.compile("retracted", re.I))


# ---- charts


def test_charts_answer_the_pointer_and_stand_as_tables_too(opened: Open) -> None:
    page = opened("charts.html")
    for box in page.locator("[data-chart]").all():
        expect(box.locator("svg").first).to_be_visible()
        expect(box.locator("img")).to_have_count(0)
    page.locator("[data-chart=follow-up] .mark-rect path").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_be_visible()
    assert page.locator("[data-chart]").count() >= 6
    assert page.locator("[data-chart] [role=img]").count() == page.locator("[data-chart]").count()
    assert page.locator(".chart table").count() >= 6
