"""Real clients of the dashboard, one after the other, and what each found.

    python tests/clients/run.py [NAME ...] [--published FOLDER] [--site ADDRESS]

Starts a dashboard, or asks the one at ``--site``, and prints a table. Exits with 1 if a client
finds a fault. A client that is not installed is named with the command that installs it, and is no
fault.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path += [str(Path(__file__).parent.parent / "benchmarks"), str(Path(__file__).parents[2])]

import common
import generated_client
import html_client
import kit
import lighthouse_client
import office_client
import package_client
import schema_client
import tables_client

CLIENTS = {
    "package": package_client,
    "html": html_client,
    "schema": schema_client,
    "generated": generated_client,
    "tables": tables_client,
    "office": office_client,
    "lighthouse": lighthouse_client,
}


def rows_of(client, site: str, published: Path | None) -> Iterator[dict]:
    """Give a row for each thing that a client was asked."""
    before = time.monotonic()
    try:
        for answer in client.ask(site, published):
            now = time.monotonic()
            result = {True: "ok", False: "FAULT", None: "missing"}[answer.good]
            yield _row(client, answer.what, result, now - before, answer.result)
            before = now
    except kit.MissingError as missing:
        yield _row(client, "", "missing", 0.0, str(missing))
    except Exception as error:  # the other clients are asked all the same
        told = f"{type(error).__name__}: {error}"
        yield _row(client, "", "FAULT", time.monotonic() - before, told)


def _row(client, what: str, result: str, seconds: float, told: str) -> dict:
    return {
        "client": client.NAME,
        "asked": what,
        "result": result,
        "s": f"{seconds:.0f}",
        "told": " ".join(told.split())[:400],
    }


def main() -> None:
    """Ask all clients and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names", nargs="*", default=list(CLIENTS), metavar="NAME", help=" ".join(CLIENTS)
    )
    parser.add_argument("--published", type=Path, metavar="FOLDER")
    parser.add_argument("--site", metavar="ADDRESS")
    wanted = parser.parse_args()
    rows: list[dict] = []

    def asked(site: str) -> None:
        for name in wanted.names:
            for row in rows_of(CLIENTS[name], site, wanted.published):
                rows.append(row)
                print(" | ".join(row.values()), file=sys.stderr, flush=True)

    if wanted.site:
        asked(wanted.site)
    else:
        with common.dashboard() as server:
            asked(server.address)
    common.save("clients", rows)
    common.show(rows, "Clients")
    sys.exit(any(row["result"] == "FAULT" for row in rows))


if __name__ == "__main__":
    main()
