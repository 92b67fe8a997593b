"""Schemathesis with all its checks, on the description of the API and by its network address."""

import re
from collections.abc import Iterator
from pathlib import Path

import kit

NAME = "schemathesis"
EXAMPLES = 10  # for each address and kind of check
SEED = "1"  # the same requests each time
# That a request is refused with 400 though the schema allows it: which ids `values` takes depends
# on `compare_by`, and which years there are on the dataset. It is counted, and no fault.
REFUSED = "ST202"


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give how many requests it made, and what it found."""
    program = kit.found("schemathesis", "make .venv/clients")
    command = [program, "run", f"{site}/api/openapi.json", "--checks", "all", "--seed", SEED]
    process = kit.done([*command, "--max-examples", str(EXAMPLES), "--no-color"], timeout=900)
    made = re.search(r"(\d[\d,]*) generated", process.stdout)
    found = re.findall(r"^- (.+)$", process.stdout, re.MULTILINE)
    faults = sorted({one for one in found if not one.startswith(REFUSED)})
    refused = sum(one.startswith(REFUSED) for one in found)
    result = f"{made[1] if made else 'no'} requests; refused with 400 though the schema allows it: "
    result += f"{refused}; other faults: {len(faults)} {'; '.join(faults)[:300]}"
    good = process.returncode == 0 or (refused > 0 and not faults)
    yield kit.Answer("/api/openapi.json", result if good or found else kit.tail(process), good)
