"""A brief as Markdown with tables in GitHub's format; captions take the place of charts."""

import re

import pandas as pd

from threats.brief.model import (
    FRONT_PAGE_SOURCE_RUNS,
    Brief,
    Section,
    format_chart_notes,
)
from threats.text.brief_titles import SOURCES_TITLE
from threats.text.translate import _

_MARKUP_CHARS = re.compile(r"([\\`*_\[\]<>|~$#&!])")


def write_markdown(brief: Brief, closing_lines: list[str]) -> str:
    """Return the brief as Markdown. ``closing_lines`` are the source and the citation."""
    lines = [f"# {escape_gfm(brief.title)}", "", escape_gfm(brief.subtitle), ""]
    for section in brief.front:
        lines += _section_lines(section, FRONT_PAGE_SOURCE_RUNS)
    for section in brief.annexes:
        lines += _section_lines(section, None)
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
    return f"<{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else escape_gfm(address)


def _section_lines(section: Section, limit: int | None) -> list[str]:
    lines = [f"## {escape_gfm(section.title)}", ""]
    lines += [f"- {escape_gfm(statement.cited(limit))}" for statement in section.statements]
    lines.append("")
    for chart in section.charts:
        caption = f"{chart.title}: {chart.alt} {format_chart_notes(chart, limit)}"
        lines += [escape_gfm(caption), ""]
    for table in section.tables:
        if len(table.frame):
            lines += [f"**{escape_gfm(table.title)}**", "", *_table_lines(table.frame), ""]
    return lines


def _table_lines(frame: pd.DataFrame) -> list[str]:
    rows = [list(frame.columns), ["---"] * len(frame.columns)]
    cells = [[escape_gfm(value) for value in row] for row in rows[:1]] + rows[1:]
    cells += [[escape_gfm(value) for value in row] for row in frame.itertuples(index=False)]
    return [f"| {' | '.join(row)} |" for row in cells]
