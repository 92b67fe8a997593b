"""Meeting brief: what the planner of a meeting needs to know."""

from threats.app.brief import brief_file, brief_page
from threats.app.cards import page_heading
from threats.app.drilldown import current_drilldown
from threats.app.filter import empty_filter_message
from threats.app.state import current_page

page = current_page()
page_heading(page)
if page.selected.threats.empty:
    empty_filter_message(page.selected)
else:
    # For a region without meetings the brief reports meetings elsewhere.
    if not page.selected.meetings.empty:
        current_drilldown(page)
    brief_page(page)
    brief_file(page)
