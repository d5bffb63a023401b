"""The report as a Word document: headings, captions that Word numbers, repeated header rows, landscape pages.

python-docx makes the document; tables are written as XML, since cell by cell it takes minutes for a thousand rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from ketalit.export.cells import plain
from ketalit.export.report.blocks import Block, Document, Heading, Line, Paragraph, Picture, References, Table, numbers
from ketalit.export.report.word_styles import NARROW, WIDE, set_styles
from ketalit.export.report.word_xml import (
    NAMESPACE,
    bookmarked,
    caption,
    external,
    field,
    internal,
    run,
    runs_xml,
    table_xml,
)
from ketalit.export.report.zipped import settled

PICTURE_WIDTH: Final = Mm(170)
PICTURE_HEIGHT: Final = Mm(195)
"""What is left of an upright page below a heading and above a caption."""
UPRIGHT: Final = frozenset({"methods", "figures", "references"})
"""Chapters whose pages stand upright; tables lie on landscape pages."""


def as_docx(document: Document) -> bytes:
    """The document as a .docx file."""
    made = docx.Document()
    set_styles(made)
    _set_properties(made, document)
    _front(made, document)
    writer = _Writer(made)
    for block in document.blocks:
        writer.write(block)
    file = io.BytesIO()
    made.save(file)
    return settled(file.getvalue())


class _Writer:
    """Writes blocks one after the other; keeps the numbers of tables and figures, and the way the page lies."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._numbers = {"Table": 0, "Figure": 0}
        self._is_wide = False

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                style = "Code" if block.kind == "code" else "Normal"
                self._add(style, runs_xml(block.runs))
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)
            case References():
                for line in block.lines:
                    self._reference(line)

    def _heading(self, heading: Heading) -> None:
        if heading.level == 1:
            self._turn(is_wide=heading.anchor not in UPRIGHT)
        paragraph = self._made.add_paragraph(style=f"Heading {heading.level}")
        paragraph.paragraph_format.page_break_before = heading.anchor in {"methods", "figures"}
        for element in bookmarked(heading.anchor, run(heading.words)):
            paragraph._p.append(element)

    def _turn(self, *, is_wide: bool) -> None:
        """A chapter of tables stands on landscape pages, one of text on upright ones."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        section = self._made.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if is_wide else (Mm(210), Mm(297))

    def _table(self, table: Table) -> None:
        self._numbers["Table"] += 1
        number = self._numbers["Table"]
        self._add("Caption", caption("Table", number, table.caption, f"table-{table.name}"))
        self._add("Table head", [run(" ".join(table.head))])
        element = table_xml(table, WIDE if self._is_wide else NARROW, f"Table {number}. {table.caption}")
        # the last element of a body is the properties of its section
        self._made.element.body.insert(len(self._made.element.body) - 1, element)
        sources = f" Sources: references {numbers(table.sources)}." if table.sources else ""
        self._add("Table note", [run(" ".join(table.notes) + sources)])

    def _picture(self, picture: Picture) -> None:
        self._numbers["Figure"] += 1
        number = self._numbers["Figure"]
        holder = self._made.add_paragraph(style="Figure")
        shape = holder.add_run().add_picture(io.BytesIO(picture.image), width=PICTURE_WIDTH)
        if shape.height > PICTURE_HEIGHT:
            shape.width, shape.height = int(shape.width * PICTURE_HEIGHT / shape.height), PICTURE_HEIGHT
        properties = shape._inline.docPr
        properties.set("name", picture.name)
        properties.set("descr", picture.description)
        self._add("Caption", [*caption("Figure", number, f"{picture.caption}.", f"figure-{picture.name}")])
        self._add("Table note", [run(picture.note)])

    def _reference(self, line: Line) -> None:
        paragraph = self._made.add_paragraph(style="Reference")
        link = self._made.part.relate_to(line.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        numbered = bookmarked(f"ref-{line.number}", run(f"{line.number}."))
        for element in (*numbered, run(f"\t{line.words} "), external(link, line.url)):
            paragraph._p.append(element)

    def _add(self, style: str, elements: Sequence[Any]) -> None:
        paragraph = self._made.add_paragraph(style=style)
        for element in elements:
            paragraph._p.append(element)


# ---- title page, header and footer


def _front(made: Any, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    made.add_paragraph(plain(document.title), style="Title")
    made.add_paragraph(plain(f"{document.subtitle}, ketalit release {document.release_id}"), style="Subtitle")
    for warning in document.warnings:
        made.add_paragraph(plain(warning), style="Warning")
    for name, fact in document.facts:
        paragraph = made.add_paragraph(style="Fact")
        paragraph.add_run(f"{plain(name)}\t").bold = True
        paragraph.add_run(plain(fact))
    _contents(made, document)
    _header(section, document)
    _footer(section, document)


def _contents(made: Any, document: Document) -> None:
    """Chapters, tables and figures as links; without page numbers, which only Word can know."""
    made.add_paragraph("Contents", style="Contents heading")
    for anchor, words, style in _entries(document):
        paragraph = made.add_paragraph(style=style)
        paragraph._p.append(internal(anchor, words))


def _entries(document: Document) -> Iterator[tuple[str, str, str]]:
    table = figure = 0
    for block in document.blocks:
        match block:
            case Heading(level=1):
                yield block.anchor, block.words, "Contents chapter"
            case Table():
                table += 1
                yield f"table-{block.name}", f"Table {table}. {block.caption}", "Contents entry"
            case Picture():
                figure += 1
                yield f"figure-{block.name}", f"Figure {figure}. {block.caption}", "Contents entry"


def _header(section: Any, document: Document) -> None:
    """What must be known on every page: tables are torn out of documents."""
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Page head"
    paragraph.text = plain(" ".join(document.marks))


def _footer(section: Any, document: Document) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Page foot"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    pages = (run(f"ketalit release {document.release_id} · page "), *field("PAGE", "1"), run(" of "))
    for element in (*pages, *field("NUMPAGES", "1")):
        paragraph._p.append(element)


def _short(words: str) -> str:
    """Properties hold 255 characters."""
    return plain(words)[:255]


def _set_properties(made: Any, document: Document) -> None:
    """No clock and no user: the same release gives the same bytes."""
    properties = made.core_properties
    day = datetime.fromisoformat(document.day or "2000-01-01").replace(tzinfo=UTC)
    properties.title = _short(f"{document.title}: {document.subtitle.lower()}")
    properties.subject = f"ketalit release {document.release_id}"
    properties.author = properties.last_modified_by = "The ketalit developers"
    properties.created = properties.modified = day
    properties.language = "en-GB"
    properties.comments = _short(" ".join(document.warnings))
    properties.revision = 1
    made.settings.element.append(parse_xml(f'<w:autoHyphenation {NAMESPACE} w:val="false"/>'))
    made.styles["Normal"].font.size = Pt(10)
