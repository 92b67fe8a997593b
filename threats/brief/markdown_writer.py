"""A brief as Markdown with tables in GitHub's format; captions take the place of charts."""

import re

from threats.brief.model import (
    ANNEX_SOURCE_RUNS,
    FRONT_PAGE_SOURCE_RUNS,
    Brief,
    BriefTable,
    Section,
    format_chart_notes,
)
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.columns import column_label
from threats.text.translate import _

_WEB_ADDRESS = re.compile(r"https?://[^\s<>]+")
_MARKUP_CHARS = re.compile(r"([\\`*_\[\]<>|~$#&!])")


def write_markdown(brief: Brief, closing_lines: list[str]) -> str:
    """Return the brief as Markdown. ``closing_lines`` are the source and the citation."""
    lines = [f"# {escape_gfm(brief.title)}", "", escape_gfm(brief.dated), ""]
    lines += [escape_gfm(brief.subtitle), "", f"**{escape_gfm(brief.summary)}**", ""]
    for section in brief.front:
        lines += _section_lines(section, FRONT_PAGE_SOURCE_RUNS, True)
    for section in brief.annexes:
        lines += _section_lines(section, ANNEX_SOURCE_RUNS, False)
    lines += [f"## {_(SOURCES_TITLE)}", ""]
    for source in brief.sources:
        lines.append(
            f"- \\[{source.number}\\] {escape_gfm(source.title)}. {_autolink(source.address)}"
        )
    lines += ["", *(text for line in closing_lines for text in (escape_gfm(line), ""))]
    return "\n".join(lines).rstrip() + "\n"


def escape_gfm(text: object) -> str:
    """Return text on one line with all markup escaped."""
    return _MARKUP_CHARS.sub(r"\\\1", " ".join(str(text).split()))


def _autolink(address: str) -> str:
    return f"<{address}>" if _WEB_ADDRESS.fullmatch(address) else escape_gfm(address)


def _section_lines(section: Section, limit: int, front: bool) -> list[str]:
    lines = [f"## {escape_gfm(section.title)}", ""]
    lines += [f"- {escape_gfm(statement.cited(limit))}" for statement in section.statements]
    lines.append("")
    for chart in section.charts:
        caption = f"{chart.title}: {chart.alt} {format_chart_notes(chart, front)}"
        lines += [escape_gfm(caption), ""]
    for table in section.tables:
        if len(table.frame):
            lines += [f"**{escape_gfm(table.title)}**", "", *_table_lines(table), ""]
    return lines


def _table_lines(table: BriefTable) -> list[str]:
    names = [column_label(str(name)) for name in table.frame.columns]
    cells = [[escape_gfm(name) for name in names], ["---"] * len(names)]
    cells += [[_linked(value, address) for value, address in row] for row in table.rows()]
    return [f"| {' | '.join(row)} |" for row in cells]


def _linked(text: str, address: str) -> str:
    """Return a text, as a link if there is a web address."""
    if not _WEB_ADDRESS.fullmatch(address):
        return escape_gfm(text)
    return f"[{escape_gfm(text)}](<{address.replace('|', '%7C')}>)"
