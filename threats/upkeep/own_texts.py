"""Proposals of texts that a person analysed on the page, and the text of any proposal."""

import hashlib
import json

from threats.dataset.model import Dataset
from threats.upkeep.page_cache import PageCache, StoredPage
from threats.upkeep.page_text import PageText, cached_text
from threats.upkeep.proposals import Proposal, propose_rows


def own_proposal(
    rows: dict[str, list[dict[str, str]]], text: str, dataset: Dataset
) -> Proposal | None:
    """Return what rows propose that a person corrected, None if the dataset has all of them. The
    same text with other rows is another proposal."""
    (meeting,) = rows["meetings"]
    page = PageText(meeting["source_url"], meeting["title"], text, "")
    made = propose_rows(rows, page, "", dataset)
    digest = hashlib.sha256(f"{page.digest} {json.dumps(rows, sort_keys=True)}".encode())
    return made and made._replace(proposal_id=digest.hexdigest()[:16])


def keep_own_text(pages: PageCache, proposal: Proposal, text: str) -> None:
    """Keep the text of a proposal that no command requested in the private cache."""
    address, content = _own_address(proposal), text.encode("utf-8")
    pages.put(StoredPage(address, address, 0, "", "text/plain", content=content))


def proposal_text(pages: PageCache, proposal: Proposal) -> str:
    """Return the text of a proposal from the private cache; empty if it is not there."""
    return cached_text(pages, _own_address(proposal)) or cached_text(pages, proposal.url)


def _own_address(proposal: Proposal) -> str:
    return f"text:{proposal.proposal_id}"
