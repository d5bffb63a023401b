"""The report as LaTeX: long tables with repeated headings on landscape pages, a bibliography that the tables cite.

Compile twice with pdflatex, lualatex or xelatex; every package is part of TeX Live's recommended collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ketalit.export.report.blocks import (
    QUIET,
    STRONG,
    Block,
    Document,
    Heading,
    Paragraph,
    Picture,
    References,
    Row,
    Table,
    Text,
    numbers,
)
from ketalit.export.tex import tex

PREAMBLE: Final = r"""\documentclass[10pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
\else
  \usepackage{fontspec}
\fi
\usepackage[british]{babel}
\usepackage[margin=18mm]{geometry}
\usepackage{pdflscape,longtable,booktabs,array,graphicx,caption,xcolor}
\usepackage[normalem]{ulem}
\usepackage[hidelinks]{hyperref}
\usepackage{xurl}
\captionsetup{justification=raggedright,singlelinecheck=false,labelfont=bf,labelsep=period}
\setlength{\LTleft}{0pt}\setlength{\LTright}{0pt}\setlength{\tabcolsep}{3pt}
\setlength{\emergencystretch}{3em}
\newcolumntype{L}[1]{>{\raggedright\arraybackslash\hspace{0pt}}p{#1}}
\newcolumntype{R}[1]{>{\raggedleft\arraybackslash\hspace{0pt}}p{#1}}
"""
UNSPELT: Final = {"≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}", "−": r"\ensuremath{-}", "µ": r"\textmu{}"} | {
    "†": r"\textdagger{}",
    "‡": r"\textdaggerdbl{}",
    "α": r"\ensuremath{\alpha}",
    "β": r"\ensuremath{\beta}",
    "×": r"\ensuremath{\times}",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "\u00a0": "~",
    "·": r"\textperiodcentered{}",
}
"""Signs that pdflatex has no letter for; the others of UTF-8 that texts hold it knows."""
UPRIGHT: Final = frozenset({"methods", "figures", "references"})
"""Chapters whose pages stand upright."""
FIT: Final = 0.96
"""Share of the line that columns take; the rest lies between them."""


def as_latex(document: Document, figures: str) -> bytes:
    """The document as a .tex file; `figures` is the folder beside it that holds its pictures."""
    parts = [
        PREAMBLE,
        f"\\hypersetup{{pdftitle={{{_tex(document.title)}}},pdfsubject={{ketalit release {document.release_id}}}}}",
        f"\\title{{{_tex(document.title)}\\\\\\large {_tex(document.subtitle)}, release {document.release_id}}}",
        "\\author{}\\date{}\n\\begin{document}\n\\maketitle",
        *(
            f"\\noindent\\textcolor{{red!60!black}}{{\\textbf{{{_tex(warning)}}}}}\\par\\medskip"
            for warning in document.warnings
        ),
        "\\begin{description}",
        *(f"\\item[{_tex(name)}] {_tex(fact)}" for name, fact in document.facts),
        "\\end{description}",
        *_body(document, figures),
        "\\end{document}",
    ]
    return ("\n".join(parts) + "\n").encode()


def _body(document: Document, figures: str) -> Iterator[str]:
    """The blocks; a chapter of tables lies on landscape pages, its heading with it."""
    is_lying = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if is_lying:
                yield "\\end{landscape}"
            is_lying = block.anchor not in UPRIGHT
            yield "\\begin{landscape}" if is_lying else "\\clearpage"
        yield _block(block, figures)
    if is_lying:
        yield "\\end{landscape}"


def _block(block: Block, figures: str) -> str:
    match block:
        case Heading():
            return f"\\{'section' if block.level == 1 else 'subsection'}*{{{_tex(block.words)}}}"
        case Paragraph(kind="code"):
            return f"{{\\footnotesize\\ttfamily\\raggedright {_text(block.runs)}\\par}}\n"
        case Paragraph():
            return f"{_text(block.runs)}\n"
        case Picture():
            return _picture(block, figures)
        case Table():
            return "\n".join(_table(block))
        case References():
            return _references(block)


def _picture(picture: Picture, figures: str) -> str:
    return (
        "\\begin{figure}[htbp]\\centering\n"
        f"\\includegraphics[width=\\linewidth,height=.66\\textheight,keepaspectratio]{{{figures}/{picture.name}.png}}\n"
        f"\\caption{{{_tex(picture.caption)}. \\mdseries {_tex(picture.note)}}}\n\\end{{figure}}\n\\clearpage"
    )


def _table(table: Table) -> Iterator[str]:
    whole = sum(column.width for column in table.columns)
    # what lies between the columns is taken off each of them
    shares = [f"{FIT * column.width / whole:.3f}\\linewidth-2\\tabcolsep" for column in table.columns]
    spec = "".join(
        f"{'R' if column.is_number else 'L'}{{\\dimexpr {share}\\relax}}"
        for column, share in zip(table.columns, shares, strict=True)
    )
    heads = " & ".join(f"\\textbf{{{_tex(column.heading)}}}" for column in table.columns)
    yield "\\begingroup\\scriptsize"
    yield f"\\begin{{longtable}}{{@{{}}{spec}@{{}}}}"
    yield f"\\caption{{{_tex(table.caption)}. \\mdseries {_tex(' '.join(table.head))}}}\\\\"
    yield f"\\toprule\n{heads}\\\\\n\\midrule\n\\endfirsthead"
    yield f"\\toprule\n{heads}\\\\\n\\midrule\n\\endhead\n\\bottomrule\n\\endfoot"
    yield from (_row(row) for row in table.rows)
    yield "\\end{longtable}"
    sources = f" Sources: references {numbers(table.sources)}." if table.sources else ""
    yield f"\\noindent {_tex(' '.join(table.notes) + sources)}\\par\n\\endgroup\\bigskip"


def _row(row: Row) -> str:
    cells = [_text(cell, is_struck=row.is_retracted and place > 0) for place, cell in enumerate(row.cells)]
    # a bracket behind \\ would be read as its argument
    return " & ".join(cells) + "\\\\\\relax"


def _references(references: References) -> str:
    items = "\n".join(
        f"\\bibitem{{ref{line.number}}} {_tex(line.words)} \\url{{{line.url}}}" for line in references.lines
    )
    begin = f"\\renewcommand{{\\refname}}{{}}\\begin{{thebibliography}}{{{len(references.lines)}}}"
    return f"{begin}\n{items}\n\\end{{thebibliography}}"


def _text(runs: Text, *, is_struck: bool = False) -> str:
    return "".join(_run(piece.text, piece.style, piece.cited, is_struck=is_struck) for piece in runs)


def _run(words: str, style: str, cited: tuple[int, ...], *, is_struck: bool) -> str:
    if cited:
        return f"~\\cite{{{','.join(f'ref{number}' for number in sorted(cited))}}}"
    written = f"\\sout{{{_tex(words)}}}" if is_struck else _tex(words)
    if style == STRONG:
        return f"\\textbf{{{written}}}"
    return f"\\textcolor{{gray}}{{{written}}}" if style == QUIET else written


def _tex(words: str) -> str:
    escaped = tex(words)
    for sign, command in UNSPELT.items():
        escaped = escaped.replace(sign, command)
    return escaped
