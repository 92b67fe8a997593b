"""The role of a threat in a text and its link to the pandemic, each with the reason."""

import itertools
from collections import Counter
from typing import NamedTuple

from threats.coding.clauses import (
    Opening,
    find_opening,
    find_quotations,
    is_aim,
    is_in_passing,
    is_within,
)
from threats.coding.document import Document, Span
from threats.coding.expressions import compile_words
from threats.coding.model import Code, make_code, starts_within
from threats.coding.rules import RuleMatch
from threats.dataset.model import PANDEMIC
from threats.text import coding_reasons as reasons
from threats.text.translate import _

MAX_FOCUS_THREATS = 3
MIN_MENTIONS_DISCUSSED = 2  # quotations included
# A title or aim that lists more than this is an agenda.
MAX_LISTED_AIMS = 3
_AGENDA_CUE = compile_words(
    r"discuss\w*|explor\w*|addressed|focus\w*|examin\w*|session\w*|present(?:ed|ations?)"
    r"|topics?|agenda|cover(?:ed|ing|s)?|debat\w*|review\w*|exchang\w*|analy[sz]\w*|consider\w*"
    r"|deal(?:s|t|ing)? with|dedicated|devoted|panel\w*|working groups?|learn\w*|themes?|issues?"
    r"|heard|outlin\w*|introduc\w*|stud(?:y|ied)|assess\w*|took up|turned to"
    r"|spoke|lessons?|modules?|case stud\w*|lectur\w*|practi[sc]ed|simulat\w*|exercises?|trained"
    r"|taught|acquaint\w*|familiari[sz]\w*|looked at|highlighted"
)
# After a threat, only what says that it was the subject.
_AGENDA_CUE_AFTER = compile_words(
    r"(?:was|were|is|are|been|being|be) (?:also )?(?:discussed|addressed|covered|presented|examined"
    r"|explored|reviewed|considered|debated|analy[sz]ed|highlighted|on the agenda|among|the focus"
    r"|the subject|the topic)|in focus|on the agenda|discussed|session"
)
_DRIVEN_CUE = compile_words(
    r"trigger\w*|caus\w*|driv\w*|fuel\w*|exploit\w*|tak\w+ advantage|worsen\w*|exacerbat\w*"
    r"|aggravat\w*|spark\w*|boost\w*|increas\w*|ris\w+|rose|surg\w*|grew|grow\w*|due to|because of"
    r"|as a result of|in the wake of|opportunit\w*|brought about|led to|lead\w* to|accelerat\w*"
    r"|heighten\w*|deepen\w*|intensif\w*|amplif\w*|compound\w*|profit\w*|emerg\w+ from|shift\w*"
    r"|abus\w*|capitali[sz]\w*|spread of|flourish\w*|more vulnerable|vulnerab\w*|created?"
)
_RESPONSE_CUE = compile_words(
    r"respon\w*|adapt\w*|adjust\w*|cop(?:e|es|ed|ing)|continu\w*|maintain\w*|keep\w*|kept"
    r"|address\w*|counter\w*|tackl\w*|mitigat\w*|prepar\w*|recover\w*|resilien\w*|lessons?"
    r"|measures?|protect\w*|manag\w*|reopen\w*|safe\w*|operat\w*"
)


def code_threats(document: Document, matches: dict[str, list[RuleMatch]]) -> list[Code]:
    """Return the threats found in a text, in the order of their first place, with proposed role
    and link to the pandemic."""
    pandemic = {document.sentence_at(mark.start) for mark in matches.get(PANDEMIC, ())}
    setting = _Setting(
        find_opening(document), find_quotations(document), _listed(document, matches)
    )
    codes = []
    for key, marks in matches.items():
        plain = make_code(key, marks)
        role, role_reason = _propose_role(document, plain, setting)
        link, reason = _propose_link(document, plain, pandemic) if key != PANDEMIC else ("", "")
        codes.append(
            plain._replace(
                role=role, role_reason=role_reason, pandemic_link=link, link_reason=reason
            )
        )
    codes.sort(key=lambda code: code.spans[0])
    # The aim of a meeting is one or a few; where a title or lead lists many, it is an agenda.
    focus = sorted(
        (code for code in codes if code.role == "focus"),
        key=lambda code: (not starts_within(code.spans[0], setting.opening.title), code.spans[0]),
    )
    for code in focus[MAX_FOCUS_THREATS:]:
        codes[codes.index(code)] = code._replace(
            role="discussed", role_reason=reasons.later_focus_reason(MAX_FOCUS_THREATS)
        )
    return [
        _link_pandemic_code(document, code, codes) if code.id == PANDEMIC else code
        for code in codes
    ]


class _Setting(NamedTuple):
    """What the role of every threat of a text depends on: its title and lead, what is quoted, and
    how many threats each sentence names."""

    opening: Opening
    quotations: list[Span]
    listed: Counter[Span]


def _listed(document: Document, matches: dict[str, list[RuleMatch]]) -> Counter[Span]:
    """Return how many threats each sentence names."""
    return Counter(
        sentence
        for marks in matches.values()
        for sentence in {document.sentence_at(mark.start) for mark in marks}
    )


def _propose_role(document: Document, code: Code, setting: _Setting) -> tuple[str, str]:
    """Return the proposed role of a threat and its reason: that of the place that says most."""
    title, lead = setting.opening
    own = [span for span in code.spans if not is_within(span, setting.quotations)]
    if any(starts_within(span, part) for span in own for part in (title, document.title)):
        return "focus", _(reasons.IN_TITLE_REASON)
    plain, cue_found = [], None
    for span in own:
        if is_within(span, document.agenda):
            continue
        first, last = sentence = document.sentence_at(span[0])
        before, after = document.flat[first : span[0]], document.flat[span[1] : last]
        in_passing = is_in_passing(document.flat[first:last], before)
        if not in_passing and setting.listed[sentence] <= MAX_LISTED_AIMS:
            if starts_within(span, lead):
                return "focus", _(reasons.IN_LEAD_REASON)
            if is_aim(before):
                return "focus", _(reasons.AIM_REASON)
        if not in_passing:
            plain.append(span)
            cue_found = cue_found or _AGENDA_CUE.search(before) or _AGENDA_CUE_AFTER.search(after)
    if any(is_within(span, document.agenda) for span in own):
        return "discussed", _(reasons.AGENDA_ITEM_REASON)
    if cue_found:
        return "discussed", reasons.cue_reason(cue_found[0])
    if plain and _count_apart(code.spans) >= MIN_MENTIONS_DISCUSSED:
        return "discussed", reasons.repeated_reason(len(code.spans))
    if own and not plain:
        return "mentioned", _(reasons.ASIDE_REASON)
    return "mentioned", _(reasons.PASSING_REASON if own else reasons.QUOTED_REASON)


def _count_apart(spans: list[Span]) -> int:
    """Return the number of places; words side by side, such as "COVID-19 pandemic", are one."""
    return 1 + sum(after[0] > before[1] + 1 for before, after in itertools.pairwise(spans))


def _propose_link(document: Document, code: Code, pandemic: set[Span]) -> tuple[str, str]:
    """Return how a sentence ties a threat to the pandemic, and the word that says so."""
    link, first_reason = "", ""
    for sentence in document.sentences_of(code.spans):
        if sentence not in pandemic:
            continue
        for name, cue in (("driven", _DRIVEN_CUE), ("response", _RESPONSE_CUE)):
            match = cue.search(document.flat[slice(*sentence)])
            if match:
                reason = reasons.pandemic_cue_reason(match[0])
                if name == "driven":
                    return name, reason
                link, first_reason = link or name, first_reason or reason
                break
        else:
            link = link or "context"
            first_reason = first_reason or _(reasons.PANDEMIC_SENTENCE_REASON)
    return link, first_reason


def _link_pandemic_code(document: Document, code: Code, codes: list[Code]) -> Code:
    """Return the pandemic's own code with its link: what the meeting dealt with of it."""
    driven = [other.id for other in codes if other.pandemic_link == "driven"]
    if driven:
        return code._replace(
            pandemic_link="driven", link_reason=reasons.linked_threats_reason(driven)
        )
    for sentence in document.sentences_of(code.spans):
        match = _RESPONSE_CUE.search(document.flat[slice(*sentence)])
        if match:
            return code._replace(
                pandemic_link="response", link_reason=reasons.sentence_cue_reason(match[0])
            )
    return code._replace(pandemic_link="context", link_reason=_(reasons.NO_LINK_REASON))
