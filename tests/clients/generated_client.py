"""A client generated from the description of the API, imported and used."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import kit

NAME = "openapi-python-client"
# What a user of the generated package would write.
PROGRAM = """
import sys
from made import Client
from made.api.default import attention_json
answer = attention_json.sync_detailed(client=Client(base_url=sys.argv[1]), years="2010-2020")
print(answer.status_code.value, len(answer.parsed.rows), answer.parsed["filter"])
"""


def ask(site: str, _published: Path | None) -> Iterator[kit.Answer]:
    """Give whether a client can be made, and what it reads."""
    program = kit.found(NAME, "make .venv/clients")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        command = [program, "generate", "--url", f"{site}/api/openapi.json", "--meta", "none"]
        process = kit.done([*command, "--output-path", str(made), "--fail-on-warning"])
        files = len(list(made.rglob("*.py")))
        good = process.returncode == 0
        yield kit.Answer("generate", f"{files} modules" if good else kit.tail(process), good)
        if not files:
            return
        python = str(Path(program).parent / "python")
        process = kit.done([python, "-c", PROGRAM, site], PYTHONPATH=folder)
        rows = len(
            httpx.get(f"{site}/api/attention.json?years=2010-2020", timeout=120).json()["rows"]
        )
        good = process.stdout.startswith(f"200 {rows} ")
        yield kit.Answer("/api/attention.json", kit.tail(process, 120), good)
