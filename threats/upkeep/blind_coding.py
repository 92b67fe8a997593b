"""Two people code the same texts, each without the codes of the other and of the keyword rules."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from threats.dataset.coder_agreement import agreement_by_code, overall_agreement
from threats.dataset.model import Dataset
from threats.upkeep.proposal_files import add_lines, read_lines

CODINGS_FILE = "codings.jsonl"
_COLUMNS = ["meeting_id", "sampled_as", "reader", "kind", "code_id", "role"]


class Coding(NamedTuple):
    """The codes that a person gave the text of a proposal: threats with their role, responses."""

    proposal_id: str
    by: str
    threats: dict[str, str]
    responses: list[str]


def read_codings(proposals: Path) -> list[Coding]:
    """Return the codings of all people, in the order in which they were made."""
    lines = read_lines(proposals / CODINGS_FILE)
    return [Coding(*(line[name] for name in Coding._fields)) for line in lines]


def add_coding(proposals: Path, coding: Coding) -> None:
    """Write a coding. A second one of the same text by the same person is left out."""
    line = coding._asdict() | {"coding_id": f"{coding.proposal_id} {coding.by}"}
    add_lines(proposals / CODINGS_FILE, [line], "coding_id")


def coders(codings: Iterable[Coding]) -> list[str]:
    """Return the two people who coded most texts; fewer if there are not so many."""
    return sorted(by for by, _texts in Counter(one.by for one in codings).most_common(2))


def coding_agreement(codings: list[Coding], dataset: Dataset) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the agreement of two people on the texts that both coded: by code, and over all codes
    of each kind. The columns are those of ``agreement_by_code``."""
    readers = dict(zip(coders(codings), ("first", "second"), strict=False))
    own = [one for one in codings if one.by in readers]
    times = Counter(one.proposal_id for one in own)
    rows = [row for one in own if times[one.proposal_id] == 2 for row in _rows(one, readers)]
    codes = {
        "threat": dataset["threat_categories"]["threat_id"].tolist(),
        "response": dataset["responses"]["response_id"].tolist(),
    }
    table = agreement_by_code(pd.DataFrame(rows, columns=_COLUMNS), codes)
    return table, overall_agreement(table)


def _rows(coding: Coding, readers: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return a coding as rows of ``double_readings``."""
    start = (coding.proposal_id, coding.proposal_id, readers[coding.by])
    codes = [("threat", code, role) for code, role in coding.threats.items()]
    codes += [("response", code, "") for code in coding.responses]
    return [(*start, *code) for code in codes or [("", "", "")]]
