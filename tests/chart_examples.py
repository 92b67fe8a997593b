"""A chart of each name: those of pages on one country or series need to know which."""

from threats.content.builder import build_chart, parse_page_options
from threats.content.registry import CHART_SPECS

COUNTRY, SERIES = "KAZ", "cyber_conference"


def example_chart(name, selected):
    """Return a chart of a selection with the default options of its page."""
    page = CHART_SPECS[name].page
    if page == "series":
        selected = selected.with_filter(series=(SERIES,))
    texts = {"country": [COUNTRY]} if page == "country" else {}
    values, _ = parse_page_options(page, texts, selected)
    return build_chart(name, selected, values)
