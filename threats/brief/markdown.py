"""A brief as Markdown, with tables as GitHub and Pandoc read them; charts are told in words."""

import re

import pandas as pd

from threats.brief.parts import FEW_RUNS, SOURCES, Brief, Section, notes_of

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~$#&!])")


def document(brief: Brief, foot: list[str]) -> str:
    """Return the brief as Markdown. ``foot`` are lines for the end: source and citation."""
    lines = [f"# {plain(brief.title)}", "", plain(brief.told), ""]
    for section in brief.front:
        lines += _section(section, FEW_RUNS)
    for section in brief.annexes:
        lines += _section(section, None)
    lines += [f"## {SOURCES}", ""]
    for source in brief.sources:
        lines.append(f"- \\[{source.number}\\] {plain(source.title)}. {_address(source.address)}")
    lines += ["", *(text for line in foot for text in (plain(line), ""))]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: object) -> str:
    """Return text in which nothing is taken for markup, on one line."""
    return _ACTIVE.sub(r"\\\1", " ".join(str(text).split()))


def _address(address: str) -> str:
    return f"<{address}>" if re.fullmatch(r"https?://[^\s<>]+", address) else plain(address)


def _section(section: Section, most: int | None) -> list[str]:
    lines = [f"## {plain(section.title)}", ""]
    lines += [f"- {plain(statement.cited(most))}" for statement in section.statements]
    lines.append("")
    for chart in section.charts:
        told = f"{chart.title}: {chart.alt} {notes_of(chart, most)}"
        lines += [plain(told), ""]
    for table in section.tables:
        if len(table.frame):
            lines += [f"**{plain(table.title)}**", "", *_table(table.frame), ""]
    return lines


def _table(frame: pd.DataFrame) -> list[str]:
    rows = [list(frame.columns), ["---"] * len(frame.columns)]
    cells = [[plain(value) for value in row] for row in rows[:1]] + rows[1:]
    cells += [[plain(value) for value in row] for row in frame.itertuples(index=False)]
    return [f"| {' | '.join(row)} |" for row in cells]
