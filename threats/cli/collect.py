"""The commands ``threats collect`` and ``threats reread``."""

import importlib.util
import itertools
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from threats.cli.filters import load_folder
from threats.coding.rules import compile_rules
from threats.dataset.model import Dataset
from threats.text import upkeep as text
from threats.text.translate import _
from threats.upkeep.collecting import CollectedPage, collect_pages, source_rows
from threats.upkeep.page_cache import PageCache, StoredPage, default_cache_folder
from threats.upkeep.page_text import passages, read_page_text
from threats.upkeep.polite_client import HOST_DELAY, PoliteClient
from threats.upkeep.proposal_files import add_proposals
from threats.upkeep.proposals import Proposal, page_meetings, propose
from threats.upkeep.rereading import UnreadMeeting, partly_read, reread

_LIBRARIES = ("trafilatura", "protego")


def _network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that both commands share."""
    folder = click.Path(path_type=Path, file_okay=False)
    for option in (
        click.option("--limit", default=1000, show_default=True, help=_(text.LIMIT_HELP)),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            default=HOST_DELAY,
            show_default=True,
            help=_(text.DELAY_HELP),
        ),
        click.option("--cache", type=folder, help=_(text.CACHE_HELP)),
        click.option(
            "--proposals",
            type=folder,
            default=Path("proposals"),
            show_default=True,
            help=_(text.PROPOSALS_HELP),
        ),
        click.argument("folder", required=False, type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


@click.command(name="collect", help=_(text.COLLECT_HELP))
@_network_options
@click.option("--source", "only", multiple=True, help=_(text.SOURCE_HELP))
def collect_command(
    folder: Path | None,
    proposals: Path,
    cache: Path | None,
    delay: float,
    limit: int,
    only: tuple[str, ...],
) -> None:
    """Collect pages and propose rows."""
    data = load_folder(folder)
    pages = _open_cache(data, cache, proposals)
    sources = source_rows(data["sources"].to_dict("records"))
    unknown = set(only) - {source["source_id"] for source in sources}
    if unknown:
        raise click.UsageError(_(text.UNKNOWN_SOURCES_MESSAGE, ids=", ".join(sorted(unknown))))
    sources = [source for source in sources if not only or source["source_id"] in only]
    if not sources:
        raise click.ClickException(_(text.NO_SOURCES_MESSAGE))
    hosts = {urlsplit(source["url"]).netloc for source in sources}
    problems: Counter[str] = Counter()
    label = _(text.COLLECT_PROGRESS)
    with (
        PoliteClient(pages, hosts, delay, limit) as client,
        # How many pages there are is known at the end.
        click.progressbar(itertools.count(), label=label, file=sys.stderr, show_pos=True) as bar,
    ):

        def on_page(page: StoredPage) -> None:
            problems.update([page.problem] if page.problem else [])
            bar.update(1)

        found = collect_pages(sources, client, on_page=on_page)
    _propose_pages(found, pages, data, proposals)
    for problem, number in problems.most_common():
        click.echo(text.problem_count_message(problem, number), err=True)
    if not any(page.content for one in found if (page := pages.get(one.url))):
        raise click.ClickException(_(text.NO_PAGE_MESSAGE))


def _propose_pages(
    found: list[CollectedPage], pages: PageCache, data: Dataset, folder: Path
) -> None:
    """Write what collected pages propose, and print how many are new, further and known."""
    proposed: list[Proposal] = []
    counts: Counter[str] = Counter()
    standing = compile_rules(data).standing
    with click.progressbar(found, label=_(text.REREAD_PROGRESS), file=sys.stderr) as bar:
        for one in bar:
            if not one.is_report and page_meetings(one.url, data):
                counts["known"] += 1
                continue
            page = pages.get(one.url)
            read = read_page_text(page) if page else None
            if read is None:
                continue
            counts["pages"] += 1
            for part in passages(read, standing) if one.is_report else [read]:
                proposal = propose(part, one.source_id, data, one.is_report)
                proposed += [proposal] if proposal else []
    counts.update(proposal.kind for proposal in proposed)
    values = (counts[name] for name in ("pages", "new", "further", "known"))
    click.echo(text.collected_message(*values))
    click.echo(text.proposals_written_message(add_proposals(folder, proposed), folder))


@click.command(name="reread", help=_(text.REREAD_HELP))
@_network_options
@click.option("--meeting", "only", multiple=True, help=_(text.MEETING_HELP))
def reread_command(
    folder: Path | None,
    proposals: Path,
    cache: Path | None,
    delay: float,
    limit: int,
    only: tuple[str, ...],
) -> None:
    """Read partly read pages in full and propose changes."""
    data = load_folder(folder)
    pages = _open_cache(data, cache, proposals)
    meetings = [row for row in partly_read(data) if not only or row["meeting_id"] in only]
    if not meetings:
        raise click.ClickException(_(text.NO_PARTS_MESSAGE))
    hosts = {urlsplit(row["source_url"]).netloc for row in meetings}
    label = _(text.REREAD_PROGRESS)
    with (
        PoliteClient(pages, hosts, delay, limit) as client,
        click.progressbar(length=len(meetings), label=label, file=sys.stderr) as bar,
    ):
        results = list(reread(meetings, client, data, lambda: bar.update(1)))
    proposed = [one for one in results if isinstance(one, Proposal)]
    unread = [one for one in results if isinstance(one, UnreadMeeting)]
    click.echo(text.reread_message(len(proposed), len(unread)))
    click.echo(text.proposals_written_message(add_proposals(proposals, proposed), proposals))
    for one in unread:
        reason = _(text.PAGE_PROBLEMS[one.problem])
        values = {"meeting": one.meeting_id, "reason": reason, "url": one.url}
        click.echo(_(text.UNREAD_MEETING_MESSAGE, **values), err=True)
    if not proposed:
        raise click.ClickException(_(text.NO_PAGE_MESSAGE))


def _open_cache(data: Dataset, cache: Path | None, proposals: Path) -> PageCache:
    """Return the cache of pages, after checking that nothing private goes into the dataset."""
    for library in _LIBRARIES:
        if importlib.util.find_spec(library) is None:
            raise click.ClickException(_(text.MISSING_LIBRARY_MESSAGE, library=library))
    folder = cache or default_cache_folder()
    for private in (folder, proposals):
        if private.resolve().is_relative_to(data.folder):
            raise click.UsageError(_(text.INSIDE_DATASET_MESSAGE, folder=private))
    return PageCache(folder)
