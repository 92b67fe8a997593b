"""The role of a threat in a text and its link to the pandemic, each with the reason."""

from threats.coding.document import Document, Span
from threats.coding.model import Code, make_code, starts_within
from threats.coding.expressions import compile_words
from threats.coding.rules import RuleMatch
from threats.dataset.model import PANDEMIC
from threats.text import coding_reasons as reasons
from threats.text.translate import _

MAX_FOCUS_THREATS = 3
_AGENDA_CUE = compile_words(
    r"discuss\w*|explor\w*|address\w*|focus\w*|examin\w*|session\w*|present\w*|topics?"
    r"|agenda|cover(?:ed|ing|s)?|debat\w*|review\w*|exchang\w*|analy[sz]\w*|consider\w*|deal(?:s|t|ing)?"
    r"|dedicated|devoted|panel\w*|working groups?|train\w*|learn\w*|highlight\w*|tackl\w*"
    r"|combat\w*|prevent\w*|detect\w*|respon\w*|emphasi\w*|stress\w*|themes?|issues?"
    r"|challenges?|aim\w*|identif\w*|heard|shar(?:e|ed|ing)|underlin\w*|outlin\w*|introduc\w*"
    r"|stud(?:y|ied)|assess\w*|took up|turned to|spoke|lessons?|modules?|case stud\w*|concerned"
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
    codes = []
    for key, marks in matches.items():
        plain = make_code(key, marks)
        role, role_reason = _propose_role(document, plain)
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
        key=lambda code: (not starts_within(code.spans[0], document.title), code.spans[0]),
    )
    for code in focus[MAX_FOCUS_THREATS:]:
        codes[codes.index(code)] = code._replace(
            role="discussed", role_reason=reasons.later_focus_reason(MAX_FOCUS_THREATS)
        )
    return [
        _link_pandemic_code(document, code, codes) if code.id == PANDEMIC else code
        for code in codes
    ]


def _propose_role(document: Document, code: Code) -> tuple[str, str]:
    """Return the proposed role of a threat and its reason."""
    for part, reason in (
        (document.title, reasons.IN_TITLE_REASON),
        (document.lead, reasons.IN_LEAD_REASON),
    ):
        if any(starts_within(span, part) for span in code.spans):
            return "focus", _(reason)
    if len(code.spans) > 1:
        return "discussed", reasons.repeated_reason(len(code.spans))
    first, last = document.sentence_at(code.spans[0][0])
    start, end = code.spans[0]
    cue = _AGENDA_CUE.search(document.flat[first:start]) or _AGENDA_CUE.search(
        document.flat[end:last]
    )
    if cue:
        return "discussed", reasons.cue_reason(cue[0])
    return "mentioned", _(reasons.PASSING_REASON)


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
