"""The Nu HTML checker, on pages without JavaScript, the first HTML and a published folder."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import kit

from threats.content.pages import PAGES
from threats.content.registry import CHART_SPECS

NAME = "Nu HTML checker"
PACKAGE = "vnu-jar@26.9.27"


def ask(site: str, published: Path | None) -> Iterator[kit.Answer]:
    """Give the number of errors of the pages that a browser reads without scripts."""
    command = kit.npx(PACKAGE)
    kit.found("java", "apt install default-jre-headless")
    printed = [f"print/{name}" for name, page in PAGES.items() if page.printable]
    asked = {
        "print": printed,
        "embed": [f"embed/{name}" for name in CHART_SPECS],
        "first HTML, refusals": ["", "trends", "no-such-page", "print/no-such-page"],
    }
    with tempfile.TemporaryDirectory() as folder:
        for what, addresses in asked.items():
            files = []
            for address in addresses:
                name = f"{what[:5]}-{address.replace('/', '-')}.html"
                files.append(Path(folder) / name)
                files[-1].write_bytes(httpx.get(f"{site}/{address}", timeout=120).content)
            yield _checked(command, f"{what}, {len(files)} pages", files)
    if published:
        files = sorted(published.rglob("*.html"))
        yield _checked(command, f"published folder, {len(files)} pages", files)


def _checked(command: list[str], what: str, files: list[Path]) -> kit.Answer:
    process = kit.done(
        [*command, "--errors-only", "--stdout", "--format", "json", *map(str, files)]
    )
    try:
        errors = json.loads(process.stdout)["messages"]
    except (ValueError, KeyError):
        return kit.Answer(what, kit.tail(process), False)
    told = sorted({f"{Path(one.get('url', '')).name}: {one['message']}" for one in errors})
    return kit.Answer(what, f"{len(errors)} errors " + "; ".join(told[:3]), not errors)
