"""The look of the Word document: every style in one place; a writer changes a style and not a thousand cells."""

from __future__ import annotations

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT: Final = "Arial"
MONOSPACED: Final = "Courier New"
INK: Final = RGBColor(0x1D, 0x23, 0x29)
QUIET: Final = RGBColor(0x59, 0x63, 0x6E)
WARNING: Final = RGBColor(0x8A, 0x1C, 0x0E)
LINK: Final = RGBColor(0x0B, 0x57, 0xA4)
NARROW, WIDE = 9638, 14570
"""Width between the margins of an upright and of a landscape page, in twentieths of a point."""

# name, based on, points, bold, colour, points before, points after
_STYLES: Final = (
    ("Table text", "Normal", 7.5, False, INK, 1, 1),
    ("Table head", "Normal", 7.5, False, QUIET, 0, 3),
    ("Table note", "Normal", 7.5, False, QUIET, 3, 14),
    ("Code", "Normal", 7.5, False, INK, 3, 6),
    ("Figure", "Normal", 10, False, INK, 6, 3),
    ("Fact", "Normal", 10, False, INK, 0, 2),
    ("Warning", "Normal", 10, True, WARNING, 6, 6),
    ("Reference", "Normal", 8.5, False, INK, 0, 3),
    ("Contents heading", "Normal", 12, True, INK, 14, 4),
    ("Contents chapter", "Normal", 10, True, INK, 4, 1),
    ("Contents entry", "Normal", 9, False, INK, 0, 1),
    ("Page head", "Normal", 7.5, True, WARNING, 0, 0),
    ("Page foot", "Normal", 7.5, False, QUIET, 0, 0),
)
_HEADINGS: Final = (("Title", 24, 0, 2), ("Heading 1", 16, 16, 6), ("Heading 2", 12, 12, 4), ("Subtitle", 12, 0, 10))


def set_styles(made: Any) -> None:
    """Give a new document the styles of the report, in British English."""
    normal = made.styles["Normal"]
    _set_font(normal, 10, is_bold=False, colour=INK)
    normal.paragraph_format.space_after = Pt(6)
    for name, base, size, is_bold, colour, before, after in _STYLES:
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles[base]
        _set_font(style, size, is_bold=is_bold, colour=colour)
        _set_space(style, before, after)
    for name, size, before, after in _HEADINGS:
        _set_font(made.styles[name], size, is_bold=name != "Subtitle", colour=QUIET if name == "Subtitle" else INK)
        made.styles[name].font.italic = False
        _set_space(made.styles[name], before, after)
    _set_font(made.styles["Caption"], 9, is_bold=True, colour=INK)
    _set_space(made.styles["Caption"], 10, 2)
    for name in ("Caption", "Table head", "Figure"):
        made.styles[name].paragraph_format.keep_with_next = True
    made.styles["Fact"].paragraph_format.tab_stops.add_tab_stop(Mm(55))
    made.styles["Contents entry"].paragraph_format.left_indent = Mm(5)
    reference = made.styles["Reference"].paragraph_format
    reference.left_indent, reference.first_line_indent = Mm(9), Mm(-9)
    reference.tab_stops.add_tab_stop(Mm(9))
    _set_family(made.styles["Code"], MONOSPACED)
    _remove_rule_below(made.styles["Title"])
    _set_language(made)


def _set_font(style: Any, size: float, *, is_bold: bool, colour: RGBColor) -> None:
    _set_family(style, FONT)
    style.font.size = Pt(size)
    style.font.bold = is_bold
    style.font.color.rgb = colour


def _set_family(style: Any, family: str) -> None:
    """For every script, and without the font of the theme, which would win."""
    style.font.name = family
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), family)


def _set_space(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


def _remove_rule_below(style: Any) -> None:
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _set_language(made: Any) -> None:
    """Word's spelling checker marks no randomised, and screen readers speak English."""
    properties = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    properties.append(parse_xml(f'<w:lang {space} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'))
