"""The pages: what each is called and which question it answers."""

from dataclasses import dataclass

HOME_PAGE = "overview"


@dataclass(frozen=True)
class Page:
    """A page: its title in navigation, its heading and the question it answers; whether it shows
    meetings of the reader's filter, and whether it has anything to print or take along."""

    title: str
    heading: str
    question: str
    filtered: bool = True
    printable: bool = True


PAGES = {
    "overview": Page(
        "Overview",
        "Which threats do border and security meetings talk about?",
        "What this is, what stands out now and what is new: which transnational threats stood on "
        "the agenda of border and security meetings in the OSCE area, where, since when, and what "
        "changed with COVID-19.",
    ),
    "trends": Page(
        "Trends",
        "Trends",
        "How has attention to each threat moved over the years? Attention is the share of meetings "
        "whose agenda named the threat, out of the meetings whose agenda is known.",
    ),
    "covid": Page(
        "COVID-19",
        "What did COVID-19 change?",
        "What did the pandemic change on these agendas, which crimes were tied to it, and what "
        "stayed? The eras are before, during and after WHO's emergency of international concern.",
    ),
    "regions": Page(
        "Regions",
        "Regions",
        "Who talks about what: which region has which threats on the agenda of its meetings?",
    ),
    "responses": Page(
        "Responses",
        "Responses",
        "Which answers are discussed for which threats, since when, and who takes part? And which "
        "threats are discussed together?",
    ),
    "meetings": Page(
        "Meetings",
        "Meetings",
        "Every meeting, searchable by title, place, topics, evidence and organizations, each with "
        "its sessions, themes and source.",
    ),
    "indicators": Page(
        "Reality check",
        "Reality check",
        "Does attention go with what others measured? Attention to a threat beside figures of "
        "other publishers for the same region and years.",
    ),
    "brief": Page(
        "Make a brief",
        "Prepare a meeting: the brief",
        "What does whoever plans a meeting have to know: what was discussed before on these "
        "themes, here and elsewhere, what has been missing, which responses, and whom to invite?",
        filtered=False,
    ),
    "code": Page(
        "Code a text",
        "Code a text",
        "Which threats, responses, regions and organizations does a press release name? Paste or "
        "upload it, see which rule fired where, correct the rows, and take them away for the "
        "dataset.",
        filtered=False,
        printable=False,
    ),
    "data": Page(
        "Data and method",
        "Data and method",
        "Can I trust it? What was gathered and how, what is missing, how far two readings agree, "
        "whether the findings hold when something else is counted, and all files to check it.",
    ),
}
