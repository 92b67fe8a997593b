"""What is new for a selection: meetings added, and findings that changed since the last edition."""

from collections.abc import Iterator
from typing import NamedTuple

from threats.caching import cached
from threats.content.findings import find_headlines, headline_figures
from threats.content.meetings import sort_newest_first
from threats.content.reader_tables import rows_of
from threats.dataset.dates import format_date_range
from threats.dataset.editions import open_edition, release_date
from threats.dataset.history import earlier_editions, meeting_history
from threats.format import join, lower_name
from threats.stats.cooccurrence import threats_on_agenda
from threats.stats.filters import from_params, to_params
from threats.stats.selection import Selected, select
from threats.text import feed as words

MAX_ENTRIES = 100


class FeedEntry(NamedTuple):
    """A piece of news: a text that identifies it for ever, its title and summary, the days of the
    editions with which it came and last changed (YYYY-MM-DD), the page and parameters of what it
    is about, and the address of its source, if it has one."""

    identity: str
    title: str
    summary: str
    added: str
    changed: str
    page: str
    params: dict[str, list[str]]
    source: str = ""


@cached(64, words=True)
def feed_entries(selected: Selected) -> list[FeedEntry]:
    """Return what is new for a selection, the latest first, at most 100 entries: by the edition
    that added it, then by the day of the meeting."""
    found = [*_changed_findings(selected), *_meetings(selected)]
    return sorted(found, key=lambda entry: entry.added, reverse=True)[:MAX_ENTRIES]


def _meetings(selected: Selected) -> Iterator[FeedEntry]:
    """Yield the meetings of a selection, those held last first."""
    data, history = selected.dataset, meeting_history(selected.dataset)
    names = data.names("threat_categories")
    series, countries = data.names("series", "short_name"), data.names("countries")
    agendas = threats_on_agenda(selected).astype("str").groupby("meeting_id")["threat_id"]
    threats = {key: [lower_name(names[one]) for one in sorted(set(ids))] for key, ids in agendas}
    for row in rows_of(sort_newest_first(selected.meetings)):
        key, place = str(row.meeting_id), [row.city, countries.get(row.country, "")]
        yield FeedEntry(
            identity=f"meeting/{key}",
            title=row.title,
            summary=words.meeting_summary(
                format_date_range(row.start_date, row.end_date),
                ", ".join(filter(None, place)),
                series[row.series],
                join(threats.get(key, [])),
            ),
            added=history[key].added,
            changed=history[key].changed,
            page="meetings",
            params={"meeting": [key]},
            source=row.source_url,
        )


def _changed_findings(selected: Selected) -> Iterator[FeedEntry]:
    """Yield the headline findings that say something else than in the edition before."""
    data = selected.dataset
    numbers = earlier_editions(data)
    if not numbers or selected.empty:
        return
    before = open_edition(data.today or data, numbers[-1])
    params = to_params(selected.selection)
    earlier = _findings(select(before, from_params(params, before)[0]))
    number, day = data.descriptor["version"], release_date(data.descriptor)
    for kind, sentence in _findings(selected).items():
        if kind in earlier and sentence != earlier[kind]:
            yield FeedEntry(
                identity=f"finding/{kind}/{number}",
                title=words.changed_finding_title(sentence),
                summary=words.changed_finding_summary(sentence, earlier[kind], numbers[-1]),
                added=day,
                changed=day,
                page="overview",
                params=params,
            )


def _findings(selected: Selected) -> dict[str, str]:
    """Return the headline findings of a selection by their kind."""
    if selected.empty:
        return {}
    found = find_headlines(headline_figures(selected))
    return {finding.kind: finding.sentence for finding in found if finding.kind}
