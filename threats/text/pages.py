"""Title, heading and question of each page."""

from threats.text.translate import N_

PAGE_TITLES = {
    "overview": N_("Key findings"),
    "trends": N_("Trends"),
    "covid": N_("COVID-19"),
    "regions": N_("Regions"),
    "responses": N_("Responses"),
    "meetings": N_("Meetings"),
    "indicators": N_("Agenda vs. data"),
    "brief": N_("Meeting brief"),
    "code": N_("Analyse a press release"),
    "data": N_("Data and method"),
    "threat": N_("One threat"),
    "country": N_("One country"),
    "series": N_("One series"),
}
# The heading of a page without one here is its title.
PAGE_HEADINGS = {
    "overview": N_("Which threats do border and security meetings talk about?"),
    "trends": N_("Which threats gained or lost attention?"),
    "covid": N_("What did COVID-19 change?"),
}
PAGE_QUESTIONS = {
    "overview": N_(
        "We read the public pages of border and security meetings in the OSCE area. "
        "Which transnational threats were on their agendas, where, since when, and what changed "
        "with COVID-19?"
    ),
    "trends": N_(
        "How has attention to each threat changed over the years? Attention is the share of "
        "meetings whose agenda named the threat, out of the meetings whose agenda is known."
    ),
    "covid": N_(
        "What changed on the agendas, what stayed, and which crimes did organizers link to the "
        "pandemic? By default the pandemic period runs from WHO's alarm (30 January 2020) to "
        "Russia's invasion of Ukraine (24 February 2022)."
    ),
    "regions": N_("Which region has which threats on the agenda of its meetings?"),
    "responses": N_(
        "Which responses are discussed for which threats, since when, and who takes part? Which "
        "threats are discussed together?"
    ),
    "meetings": N_(
        "Every meeting, with its sessions, threats and source. You can search title, place, "
        "topics, evidence and organizations."
    ),
    "indicators": N_(
        "Does attention follow what others measured? Attention to a threat, next to statistics of "
        "other publishers for the same region and years."
    ),
    "brief": N_(
        "What does the planner of a meeting need to know? Earlier meetings on these threats, "
        "here and elsewhere, what was missing, which responses, and whom to invite."
    ),
    "code": N_(
        "Which threats, responses, regions and organizations does a press release name? Paste or "
        "upload it, see what was found and why, correct the rows, and download them."
    ),
    "data": N_(
        "Can I trust it? How the data were gathered, what is missing, how well two coders agree, "
        "whether the findings are robust, and all files to check them."
    ),
    "threat": N_(
        "What do meetings say about one threat? Its trend, regions, responses, participants and "
        "latest meetings."
    ),
    "country": N_("Which meetings did a country host, chair or take part in?"),
    "series": N_("Which editions of a series are known, and which threats were on its agendas?"),
}
