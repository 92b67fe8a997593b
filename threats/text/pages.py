"""Title, heading and question of each page, in the order of the navigation."""

from threats.text.translate import N_

PAGE_TITLES = {
    "overview": N_("Start"),
    "trends": N_("Threats"),
    "regions": N_("Regions"),
    "covid": N_("COVID-19"),
    "meetings": N_("Meetings"),
    "brief": N_("Brief"),
    "responses": N_("Responses"),
    "indicators": N_("Agenda vs. data"),
    "code": N_("Analyse a text"),
    "data": N_("Data & method"),
    "threat": N_("One threat"),
    "country": N_("One country"),
    "series": N_("One series"),
}
# The heading of a page without one here is its title.
PAGE_HEADINGS = {
    "overview": N_("What border and security meetings talk about"),
    "trends": N_("Which threats gained or lost attention?"),
    "regions": N_("How regions differ"),
    "covid": N_("What did COVID-19 change?"),
    "brief": N_("Meeting brief"),
    "code": N_("Analyse a press release"),
}
PAGE_QUESTIONS = {
    "overview": N_(
        "Which transnational threats are on the agendas of border and security meetings in the "
        "OSCE area?"
    ),
    "trends": N_("Attention is the share of meetings whose agenda names the threat."),
    "regions": N_("Which region has which threats on its agendas?"),
    "covid": N_("What changed on the agendas, and which crimes did organizers link to COVID-19?"),
    "meetings": N_("Every meeting, with its threats and its source."),
    "brief": N_("For the planner of a meeting: precedents, gaps, responses and guests."),
    "responses": N_("Which responses are discussed for which threats, and who takes part?"),
    "indicators": N_("Does attention follow what others measured?"),
    "code": N_("Which threats, responses and organizations does a text name?"),
    "data": N_("How complete and how sure the data are."),
    "threat": N_(
        "What do meetings say about one threat? Its trend, regions, responses, participants and "
        "latest meetings."
    ),
    "country": N_("Which meetings did a country host, chair or take part in?"),
    "series": N_("Which editions of a series are known, and which threats were on its agendas?"),
}
