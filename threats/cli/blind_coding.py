"""Blind coding of the texts of proposals in a terminal, and the agreement of two people."""

from pathlib import Path

import click
import pandas as pd

from threats.dataset.model import Dataset
from threats.text import review as text
from threats.text.translate import _
from threats.upkeep.blind_coding import (
    Coding,
    add_coding,
    coders,
    coding_agreement,
    read_codings,
)
from threats.upkeep.own_texts import proposal_text
from threats.upkeep.page_cache import PageCache
from threats.upkeep.proposal_files import read_proposals

_ROLES = ("focus", "discussed", "mentioned")
_NONE, _QUIT = "-", "q"


def code_blind(proposals: Path, data: Dataset, pages: PageCache, by: str) -> None:
    """Show the texts that a person has not coded yet, without any code, and ask for codes."""
    done = {one.proposal_id for one in read_codings(proposals) if one.by == by}
    coded = 0
    for proposal in read_proposals(proposals):
        found = proposal_text(pages, proposal)
        if proposal.proposal_id in done or not found:
            continue
        click.echo_via_pager(found)
        threats = _ask(text.THREATS_PROMPT, data.names("threat_categories"), _ROLES)
        if threats is None:
            break
        responses = _ask(text.RESPONSES_PROMPT, data.names("responses"), ())
        if responses is None:
            break
        add_coding(proposals, Coding(proposal.proposal_id, by, threats, list(responses)))
        coded += 1
    click.echo(text.coded_message(coded))


def _ask(prompt: str, known: dict[str, str], roles: tuple[str, ...]) -> dict[str, str] | None:
    """Return the codes that a person gives, each with its role if there are any; None to quit."""
    while True:
        answer = click.prompt(_(prompt)).split()
        if answer == [_QUIT]:
            return None
        codes = dict(part.partition(":")[::2] for part in answer if part != _NONE)
        wrong = [
            f"{code}:{role}" if roles else code
            for code, role in codes.items()
            if code not in known or (role not in roles if roles else role)
        ]
        if not wrong:
            return codes
        values = {"codes": ", ".join(wrong), "known": ", ".join([*roles, *known])}
        click.echo(_(text.UNKNOWN_CODES_MESSAGE, **values))


def print_agreement(proposals: Path, data: Dataset) -> None:
    """Print how far two people agree over all codes, and the codes on which they differ."""
    codings = read_codings(proposals)
    table, overall = coding_agreement(codings, data)
    if not len(table) or not table["pages"].iloc[0]:
        raise click.ClickException(_(text.TOO_FEW_CODERS_MESSAGE))
    first, second = coders(codings)
    click.echo(_(text.CODERS_LINE, first=first, second=second))
    for row in overall.to_dict("records"):
        kind = _(text.AGREEMENT_KIND_LABELS[row["kind"]])
        values = {name: _number(row[name]) for name in ("agreement", "kappa", "alpha")}
        click.echo(_(text.AGREEMENT_LINE, kind=kind, cases=row["cases"], **values))
        own = table[table["kind"] == row["kind"]]
        for code in own[own["first_only"] + own["second_only"] > 0].to_dict("records"):
            counts = {name: code[name] for name in ("both", "first_only", "second_only")}
            line = {"code": code["code_id"], "first": first, "second": second, **counts}
            click.echo(_(text.CODE_LINE, **line))


def _number(value: float) -> str:
    """Return a coefficient in words of two decimals; a hyphen if it cannot be computed."""
    return _NONE if pd.isna(value) else f"{value:.2f}"
