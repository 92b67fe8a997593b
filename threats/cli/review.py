"""The command ``threats review``: decide on proposals by single keys."""

import re
from collections.abc import Callable
from pathlib import Path

import click

from threats.cli.blind_coding import code_blind, print_agreement
from threats.cli.filters import load_folder
from threats.cli.review_lines import proposal_lines
from threats.dataset.model import DatasetError
from threats.dataset.row_changes import RowChange
from threats.text import review as text
from threats.text import upkeep as upkeep_text
from threats.text.translate import _
from threats.upkeep.own_texts import proposal_text
from threats.upkeep.page_cache import PageCache, default_cache_folder
from threats.upkeep.proposal_files import read_proposals
from threats.upkeep.proposals import Proposal
from threats.upkeep.review import (
    NotEditableError,
    accept,
    check_editable,
    correct_meeting,
    correct_row,
    decisions,
    last_decisions,
    open_proposals,
    reject,
    undo,
)

_CORRECTION = re.compile(r"(?:(\d+)\s+)?(\w+)=(.*)", re.DOTALL)
_folder_type = click.Path(path_type=Path, file_okay=False)


@click.command(name="review", help=_(text.REVIEW_HELP))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--proposals",
    type=_folder_type,
    default=Path("proposals"),
    show_default=True,
    help=_(upkeep_text.PROPOSALS_HELP),
)
@click.option("--cache", type=_folder_type, help=_(upkeep_text.CACHE_HELP))
@click.option("--by", help=_(text.BY_HELP))
@click.option("--blind", is_flag=True, help=_(text.BLIND_HELP))
@click.option("--agreement", is_flag=True, help=_(text.AGREEMENT_HELP))
def review_command(
    folder: Path, proposals: Path, cache: Path | None, by: str | None, blind: bool, agreement: bool
) -> None:
    """Review proposals in a terminal."""
    if agreement:
        print_agreement(proposals, load_folder(folder))
        return
    try:
        check_editable(folder)
    except NotEditableError as error:
        raise click.ClickException(str(error)) from error
    load_folder(folder)  # names the errors of a bad one
    by = by or click.prompt(_(text.BY_PROMPT))
    pages = PageCache(cache or default_cache_folder())
    if blind:
        code_blind(proposals, load_folder(folder), pages, by)
        return
    Review(folder, proposals, pages, by).run()


class Review:
    """One person's way through the proposals, with the one in view and its changes as corrected."""

    def __init__(self, folder: Path, proposals: Path, pages: PageCache, by: str) -> None:
        self._folder, self._proposals, self._pages, self._by = folder, proposals, pages, by
        self._queue = open_proposals(folder, proposals)
        self._position = 0
        self._decided: list[Proposal] = []
        self._changes: list[RowChange] = []

    def run(self) -> None:
        """Show one proposal after the other until the last, or until the person quits."""
        keys: dict[str, Callable[[], None]] = {
            "a": self._accept,
            "x": self._choose,
            "c": self._correct,
            "r": self._reject,
            "u": self._undo,
            "t": self._show_text,
            "n": lambda: self._move(1),
            "b": lambda: self._move(-1),
        }
        self._move(0)
        while self._position < len(self._queue):
            click.echo(_(text.KEYS_HINT))
            key = click.getchar().lower()
            if key in ("q", "\x04"):
                return
            if key in keys:
                keys[key]()
        click.echo(_(text.NO_PROPOSALS_MESSAGE, folder=self._proposals))

    @property
    def _proposal(self) -> Proposal:
        return self._queue[self._position]

    def _move(self, steps: int) -> None:
        """Show the proposal some steps on."""
        self._position = max(0, self._position + steps)
        if self._position < len(self._queue):
            self._changes = list(self._proposal.changes)
            self._show()

    def _show(self) -> None:
        data = load_folder(self._folder)
        kind = text.kind_label(self._proposal.kind, self._proposal.meeting_id)
        values = {"position": self._position + 1, "number": len(self._queue), "kind": kind}
        click.echo(_(text.POSITION_LINE, **values))
        for line in proposal_lines(self._proposal, self._changes, data):
            click.echo(line)

    def _leave(self, action: str) -> None:
        """Take a decided proposal out of the queue, and show the next."""
        click.echo(_(text.DECIDED_MESSAGES[action], title=self._proposal.title))
        self._decided.append(self._queue.pop(self._position))
        self._move(0)

    def _accept(self) -> None:
        chosen = [one for one in self._changes if one.proposed]
        if not chosen:
            click.echo(_(text.NOTHING_CHOSEN_MESSAGE))
            return
        try:
            accept(self._folder, self._proposals, self._proposal, chosen, self._by)
        except (DatasetError, OSError) as error:
            click.echo(_(text.NOT_WRITTEN_MESSAGE, reason=error))
            return
        self._leave("accept")

    def _reject(self) -> None:
        reason = click.prompt(_(text.REASON_PROMPT))
        reject(self._folder, self._proposals, self._proposal, self._by, reason)
        self._leave("reject")

    def _undo(self) -> None:
        """Undo the last decision of this session, else of an earlier one."""
        last = last_decisions(decisions(self._folder, self._proposals))
        if not last:
            click.echo(_(text.NOTHING_TO_UNDO_MESSAGE))
            return
        key = self._decided.pop().proposal_id if self._decided else list(last)[-1]
        found = [one for one in read_proposals(self._proposals) if one.proposal_id == key]
        reason = click.prompt(_(text.REASON_PROMPT))
        try:
            undo(self._folder, self._proposals, found[0], self._by, reason)
        except (DatasetError, OSError) as error:
            click.echo(_(text.NOT_WRITTEN_MESSAGE, reason=error))
            return
        click.echo(_(text.DECIDED_MESSAGES["undo"], title=found[0].title))
        self._queue.insert(self._position, found[0])
        self._move(0)

    def _choose(self) -> None:
        parts = click.prompt(_(text.CHOOSE_PROMPT)).split()
        numbers = {int(part) for part in parts if part.isdecimal()}
        self._changes = [
            one._replace(proposed=not one.proposed) if number in numbers else one
            for number, one in enumerate(self._changes, start=1)
        ]
        self._show()

    def _correct(self) -> None:
        answer = click.prompt(_(text.CORRECT_PROMPT))
        found = _CORRECTION.fullmatch(answer.strip())
        if not found or not self._set_cell(int(found[1] or 0), found[2], found[3].strip()):
            click.echo(_(text.WRONG_CORRECTION_MESSAGE))
            return
        self._show()

    def _set_cell(self, number: int, column: str, value: str) -> bool:
        """Set a cell of a numbered change, or of the new meeting if the number is 0; return whether
        there is such a cell."""
        is_meeting = number == 0 or self._is_new_meeting(number)
        if is_meeting:
            meetings = [one for one in self._changes if one.table == "meetings"]
            if self._proposal.kind != "new" or column not in meetings[0].cells:
                return False
            self._changes = correct_meeting(self._changes, column, value)
            return True
        if number > len(self._changes) or column not in self._changes[number - 1].cells:
            return False
        self._changes[number - 1] = correct_row(self._changes[number - 1], column, value)
        return True

    def _is_new_meeting(self, number: int) -> bool:
        if not 0 < number <= len(self._changes):
            return False
        change = self._changes[number - 1]
        return (change.action, change.table) == ("add", "meetings")

    def _show_text(self) -> None:
        found = proposal_text(self._pages, self._proposal)
        click.echo_via_pager(found or _(text.NO_TEXT_MESSAGE, url=self._proposal.url))
