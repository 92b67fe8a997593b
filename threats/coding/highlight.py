"""A coded text as HTML: every place that a rule found is marked, with the reason."""

import html
import itertools
from collections.abc import Mapping
from typing import NamedTuple

from threats.coding.document import Span
from threats.coding.model import CodedText
from threats.text import coding_reasons as reasons
from threats.text.translate import _

# The kinds of marks, the first shown where several overlap; no two differ by colour alone.
HIGHLIGHT_KINDS = tuple(reasons.HIGHLIGHT_LABELS)


class Highlight(NamedTuple):
    """A span to mark, its kind, and the explanation of it."""

    span: Span
    kind: str
    explanation: str


def collect_highlights(coded: CodedText, names: Mapping[str, Mapping[str, str]]) -> list[Highlight]:
    """Return what to mark in a coded text; ``names`` has for threat, response, region and
    organization the names by id. Their places are those in the text as it came."""
    marks, place = [], coded.document.source_span
    for kind in ("threat", "response", "region", "organization"):
        for found in getattr(coded, f"{kind}s"):
            parts = (found.role, found.role_reason, found.pandemic_link, found.link_reason)
            reason = "; ".join(filter(None, parts))
            label = _(reasons.HIGHLIGHT_LABELS[kind])
            name = f"{label}: {names[kind].get(found.id, found.id)}"
            explanation = f"{name} ({reason})" if reason else name
            marks += [Highlight(place(span), kind, explanation) for span in found.spans]
    for name, fact in coded.meeting.items():
        if fact.span:
            explanation = f"{name.replace('_', ' ')}: {fact.value} ({fact.reason})"
            marks.append(Highlight(place(fact.span), "fact", explanation))
    ignored = _(reasons.HIGHLIGHT_LABELS["left-out"])
    return marks + [
        Highlight(place(span), "left-out", f"{ignored}: {reason}")
        for span, reason in coded.document.left_out
    ]


def render_highlights(text: str, highlights: list[Highlight]) -> str:
    """Return a text as HTML with its marks, which may overlap: a stretch is shown as the first of
    its kinds, and tells all. Nothing in the text becomes markup."""
    edges = sorted({0, len(text), *(edge for mark in highlights for edge in mark.span)})
    waiting = sorted(highlights, key=lambda mark: mark.span[0], reverse=True)
    parts, over = [], []
    for start, end in itertools.pairwise(edges):
        while waiting and waiting[-1].span[0] <= start:
            over.append(waiting.pop())
        over = [mark for mark in over if mark.span[1] > start]
        part = html.escape(text[start:end])
        if over and part.strip():
            first = min(over, key=lambda mark: HIGHLIGHT_KINDS.index(mark.kind))
            texts = " · ".join(dict.fromkeys(mark.explanation for mark in over))
            why, css = html.escape(texts, quote=True), first.kind
            part = f'<mark class="{css}" tabindex="0" data-why="{why}">{part}</mark>'
        parts.append(part)
    return "".join(parts)


def render_highlight_legend() -> str:
    """Return as HTML how each kind is marked."""
    samples = [
        f'<mark class="{kind}">{_(label)}</mark>'
        for kind, label in reasons.HIGHLIGHT_LABELS.items()
    ]
    return " &ensp; ".join(samples)


_STYLE_TEMPLATE = """
.coded {{ white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.8; position: relative; }}
.coded mark {{ background: none; color: inherit; position: relative; border-radius: 2px; }}
.coded .threat {{ background: {fill}; font-weight: 600; padding: 1px 2px; }}
.coded .response {{ border-bottom: 3px solid {line}; }}
.coded .region {{ border-bottom: 3px dotted {line}; }}
.coded .organization {{ outline: 1.5px solid {line}; outline-offset: 1px; }}
.coded .fact {{ text-decoration: underline wavy {soft}; text-underline-offset: 4px; }}
.coded .left-out {{ text-decoration: line-through; color: {soft}; }}
.coded mark:focus {{ outline: 3px solid {focus}; }}
.coded mark[data-why]:hover::after, .coded mark[data-why]:focus::after {{
  content: attr(data-why); position: absolute; left: 0; top: 100%; z-index: 5; width: max-content;
  max-width: min(22rem, 70vw); padding: 6px 9px; border: 1px solid {soft}; border-radius: 4px;
  background: {page}; color: {text}; font-weight: 400; font-size: 0.85rem; line-height: 1.35;
  white-space: normal; text-decoration: none;
}}
"""


def render_highlight_css(theme: Mapping[str, str], fill: str, focus: str) -> str:
    """Return the style sheet of the marks in the colours of a theme."""
    looks = _STYLE_TEMPLATE.format(
        fill=fill,
        line=theme["text"],
        soft=theme["soft"],
        page=theme["page"],
        text=theme["text"],
        focus=focus,
    )
    return f"<style>{looks}</style>"
