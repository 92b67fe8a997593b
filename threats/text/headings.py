"""Titles of tables and lists of sentences, and what replaces a chart without figures."""

from threats.text.translate import N_

TABLE_TITLES = {
    "published": N_("What other bodies published, and whether agendas followed"),
    "clear-by-preset": N_("Under which dates of the pandemic period each change is clear"),
    "newest": N_("Latest meetings"),
    "presence": N_("When each threat first and last appeared"),
    "search-effect": N_("Effect of our COVID search"),
    "within-series": N_("Same meeting series, before and after COVID-19"),
    "ties": N_("Statements and sources on the links to COVID-19"),
    "reported": N_("What other organizations reported at the time"),
    "tiles": N_("The map as a list"),
    "sessions": N_("Sessions about a region"),
    "seen": N_("When each response first and last appeared"),
    "meetings": N_("All meetings"),
    "indicator": N_("The statistic and its source"),
    "gaps": N_("Problems that grew while attention did not"),
    "all-indicators": N_("All related statistics"),
    "breaks": N_("Changes in how meetings were found, read or coded"),
    "editions": N_("Editions we could not find"),
    "agreement-pooled": N_("Agreement of two coders over all codes"),
    "agreement-by-code": N_("Agreement of two coders on each code"),
    "coder-pooled": N_("The keyword coder over all codes"),
    "coder-by-code": N_("The keyword coder on each code"),
    "findings-hold": N_("Robustness of each finding"),
    "findings-by-series": N_("Robustness within each series"),
    "agenda-shape": N_("Shape of the agenda by period and family"),
    "source-checks": N_("Checks of source pages"),
    "files": N_("Files of the dataset"),
    "changes": N_("What changed in the data"),
}
SENTENCES_TITLES = {
    "strongest": N_("The strongest findings"),
    "findings": N_("Key findings"),
    "answer": N_("In short"),
    "told": N_("In short"),
    "gathered": N_("What we gathered, and its limits"),
    "counting": N_("Robustness checks"),
    "shape": N_("Shape of the agenda"),
    "coder": N_("How good is the keyword coder?"),
    "sources": N_("Are the source pages still online?"),
    "use": N_("Use, cite and correct the data"),
}
_NO_PAIR_TEXT = N_("No pair of items could be counted together in these meetings.")
EMPTY_CHART_TEXTS = {
    "tied-to-the-pandemic": N_("No source links any of these threats to the pandemic."),
    "then-and-now": N_("Too few meetings to estimate a change of any threat."),
    "change-by-period": N_("Too few meetings to estimate a change of any threat."),
    "form-of-meeting": N_("No meeting of this filter was read and has a known year."),
    "compare": N_("No agenda of what you compare is known."),
    "trend-by-region": N_("No meeting of this filter has a known agenda and a year."),
    "responses-by-threat": _NO_PAIR_TEXT,
    "threats-together": _NO_PAIR_TEXT,
    "organizations-by-threat": _NO_PAIR_TEXT,
    "attention-beside-measured": N_(
        "No openly licensed statistic is available for this choice, region and years. Try another "
        "statistic or threat."
    ),
    "travel-rules-and-meetings": N_(
        "No meeting of this filter is dated to a month of 2020 to 2022."
    ),
    "precedents-by-year": N_("No meeting of these years had one of these threats on its agenda."),
    "agreement": N_("Too few pages were read twice to judge any code."),
}
