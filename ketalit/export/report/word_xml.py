"""Pieces of WordprocessingML: runs, links, bookmarks, fields and whole tables; text of others is escaped here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr
from zlib import crc32

from docx.oxml import parse_xml

from ketalit.export.cells import plain
from ketalit.export.report.blocks import QUIET, STRONG, Column, Row, Table, Text

NAMESPACE: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
KEPT_TOGETHER: Final = 20
"""Rows of a table that is short enough to stand on one page."""
_GREY: Final = '<w:color w:val="59636E"/>'
_BLUE: Final = '<w:color w:val="0B57A4"/>'


def run(words: str, properties: str = "") -> Any:
    """A run of text."""
    return _element(_run(words, properties))


def runs_xml(runs: Text) -> list[Any]:
    """Runs of a paragraph, citations as links to the reference list."""
    return [_element(xml) for piece in runs for xml in _pieces((piece,))]


def caption(label: str, number: int, words: str, anchor: str) -> list[Any]:
    """`Table 3. …` whose number Word counts itself, so that a list of tables and cross-references work."""
    numbered = [run(f"{label} "), *field(f"SEQ {label} \\* ARABIC", str(number))]
    return [*bookmarked(anchor, *numbered), run(f". {words}")]


def field(instruction: str, result: str) -> list[Any]:
    """A field with the result that it has until Word counts again."""
    return [
        _element('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
        _element(f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'),
        _element('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        run(result),
        _element('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def bookmarked(anchor: str, *elements: Any) -> list[Any]:
    """Elements that links lead to."""
    if not anchor:
        return list(elements)
    name, number = _bookmark(anchor), crc32(anchor.encode()) & 0x7FFFFFFF
    start = _element(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>')
    return [start, *elements, _element(f'<w:bookmarkEnd w:id="{number}"/>')]


def internal(anchor: str, words: str) -> Any:
    """A link to a bookmark."""
    return _element(_internal(anchor, words))


def external(relation: str, words: str) -> Any:
    """A link to an address, which the document holds under the id of a relation."""
    return _element(f'<w:hyperlink r:id="{relation}" w:history="1">{_run(words, _BLUE)}</w:hyperlink>')


def table_xml(table: Table, width: int, name: str) -> Any:
    """A table with three rules, as journals print it; its header row repeats and no row breaks over pages."""
    widths = _widths(table.columns, width)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    head = "".join(
        _cell(
            _run(column.heading, "<w:b/>"),
            share,
            column,
            '<w:tcBorders><w:bottom w:val="single" w:sz="4"/></w:tcBorders>',
        )
        for column, share in zip(table.columns, widths, strict=True)
    )
    together = len(table.rows) if len(table.rows) <= KEPT_TOGETHER else 1
    rows = "".join(
        _row(row, table.columns, widths, is_kept=place >= len(table.rows) - together)
        for place, row in enumerate(table.rows)
    )
    return _element(
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:top w:val="single" w:sz="8"/>'
        '<w:bottom w:val="single" w:sz="8"/><w:insideH w:val="single" w:sz="2" w:color="D5DAE0"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={quoteattr(plain(name))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int], *, is_kept: bool) -> str:
    """A row; one that is kept stays on the page of what follows, so that no note stands without its table."""
    keep = "<w:keepNext/>" if is_kept else ""
    cells = "".join(
        _cell(
            "".join(_pieces(cell, is_struck=row.is_retracted and place > 0)), widths[place], columns[place], keep=keep
        )
        for place, cell in enumerate(row.cells)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(runs: str, width: int, column: Column, borders: str = "", keep: str = "<w:keepNext/>") -> str:
    side = '<w:jc w:val="right"/>' if column.is_number else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Tabletext"/>{keep}{side}</w:pPr>{runs}</w:p></w:tc>'
    )


def _pieces(runs: Text, *, is_struck: bool = False) -> list[str]:
    struck = "<w:strike/>" if is_struck else ""
    pieces: list[str] = []
    for piece in runs:
        if piece.cited:
            links = [_internal(f"ref-{number}", str(number)) for number in sorted(piece.cited)]
            pieces += [_run(" ["), *_between(links, _run(", ")), _run("]")]
        else:
            bold = "<w:b/>" if piece.style == STRONG else ""
            pieces.append(_run(piece.text, f"{bold}{struck}{_GREY if piece.style == QUIET else ''}"))
    return pieces


def _between(items: list[str], separator: str) -> list[str]:
    return [piece for item in items for piece in (separator, item)][1:]


def _internal(anchor: str, words: str) -> str:
    return f'<w:hyperlink w:anchor="{_bookmark(anchor)}" w:history="1">{_run(words, _BLUE)}</w:hyperlink>'


def _bookmark(anchor: str) -> str:
    """Word allows letters, digits and underscores, forty at most."""
    return f"k_{anchor.replace('-', '_')}"[:40]


def _run(words: str, properties: str = "") -> str:
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(plain(piece))}</w:t>' if piece else "" for piece in words.split("\t")
    )
    return f"<w:r>{style}{pieces}</w:r>"


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    whole = sum(column.width for column in columns)
    return [width * column.width // whole for column in columns]


def _element(xml: str) -> Any:
    """A piece as an element; its outermost tag gets the namespaces."""
    name, rest = xml[1:].split(">", 1)
    is_closed = name.endswith("/")
    return parse_xml(f"<{name.rstrip('/')} {NAMESPACE}{'/' if is_closed else ''}>{rest}")
