"""Schemathesis with all its checks, on the description of the API and by its network address."""

import re
from collections.abc import Iterator
from pathlib import Path

import kit

NAME = "schemathesis"
EXAMPLES = 10  # for each address and kind of check
SEED = "1"  # the same requests each time


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give how many requests it made, and what it found."""
    program = kit.found("schemathesis", "make .venv/clients")
    command = [program, "run", f"{site}/api/openapi.json", "--checks", "all", "--seed", SEED]
    process = kit.done([*command, "--max-examples", str(EXAMPLES), "--no-color"], timeout=900)
    made = re.search(r"(\d[\d,]*) generated", process.stdout)
    found = re.findall(r"^- (.+)$", process.stdout, re.MULTILINE)
    result = f"{made[1] if made else 'no'} requests; {len(found)} faults"
    if process.returncode:
        result += f": {'; '.join(sorted(set(found)))[:300] or kit.tail(process)}"
    yield kit.Answer("/api/openapi.json", result, process.returncode == 0)
