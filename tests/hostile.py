"""Text that tries to be more than text, and a dataset full of it."""

import csv
import io
import json
import shutil
from pathlib import Path

RUN = "document.documentElement.dataset.ran=1"
ELSEWHERE = "evil.example"
# None starts like a formula, has a line break or more than nine words, so that all pass the rules
# of the dataset.
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</ScRiPt>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img/src='x'/onerror={RUN}>",
    f"<img src=https://{ELSEWHERE}/i.png>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<a href=javascript:{RUN}>click</a>",
    f"<a href='https://{ELSEWHERE}/'>click</a>",
    f"<math href=javascript:{RUN}>x</math>",
    f"<object data=https://{ELSEWHERE}/o></object>",
    f"<base href=https://{ELSEWHERE}/>",
    f"<meta http-equiv=refresh content=0;url=https://{ELSEWHERE}/>",
    f"<style>@import 'https://{ELSEWHERE}/s.css';</style>",
    f"<link rel=stylesheet href=https://{ELSEWHERE}/s.css>",
    f"<form action=https://{ELSEWHERE}/><button>x</button></form>",
    "<b>bold</b><i>slanted</i><sub>low</sub>",
    "<h1>large</h1><marquee>x</marquee>",
    "<!-- not seen -->seen",
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}",
    f'"><script>{RUN}</script>',
    f"javascript:{RUN}",
    "data:text/html,<script>alert(1)</script>",
    f"[click](javascript:{RUN})",
    f"[click](https://{ELSEWHERE}/m)",
    f"[click]: https://{ELSEWHERE}/r",
    f"![picture](https://{ELSEWHERE}/p.png)",
    f"x](<https://{ELSEWHERE}/>) [y](<https://{ELSEWHERE}/>",
    f"https://{ELSEWHERE}/bare",
    f"www.{ELSEWHERE}",
    f"<https://{ELSEWHERE}/auto>",
    f"someone@{ELSEWHERE}",
    "**strong** _slanted_ ~~struck~~ `code`",
    "# heading",
    "> quoted",
    "1. first",
    "| a | b |",
    "$x^2$ and $$\\int_0^1 x$$",
    f"$\\href{{javascript:{RUN}}}{{x}}$",
    ":tada: :rocket: :smile:",
    ":red[coloured] :blue-background[under]",
    ":material/warning: :streamlit:",
    "&lt;script&gt; &#60;b&#62; &amp; &copy;",
    "\\u003cscript\\u003e \\x3cscript\\x3e",
    "{{ 7 * 7 }} ${7*7} #{7*7} {% raw %}",
    "%{x} %{customdata[0]} %{fullData.name}",
    "<extra>out</extra>",
    "[^1] and [[wiki]] and ==mark==",
    "to -> from <- --- ... (c) (tm)",
]
# Cells of text that a reader is shown somewhere, by the file they stand in.
CELLS = {
    "meetings": ["title", "city", "note"],
    "regional_sessions": ["topic"],
    "threat_mentions": ["evidence"],
    "response_mentions": ["evidence"],
    "series": ["name", "short_name", "description"],
    "threat_categories": ["name", "short_name", "group_name", "definition", "covid_relevance"],
    "responses": ["name", "definition"],
    "organizations": ["name"],
    "regions": ["name", "definition"],
    "countries": ["name", "note"],
    "milestones": ["name", "description"],
    "breaks": ["what"],
    "indicators": ["name", "unit", "definition", "publisher", "licence", "source_file", "caveats"],
}


def hostile(folder: Path, into: Path) -> Path:
    """Return a copy of a dataset folder with a payload in every cell of ``CELLS``, in turn."""
    shutil.copytree(folder, into)
    turn = 0
    for name, columns in CELLS.items():
        path = into / f"{name}.csv"
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        for row in rows:
            for column in columns:
                payload = PAYLOADS[turn % len(PAYLOADS)]
                # Evidence has three words and more.
                row[header.index(column)] = payload + " as text" * (column == "evidence")
                turn += 1
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *rows])
        path.write_text(text.getvalue(), encoding="utf-8")
    told = json.loads((into / "datapackage.json").read_text(encoding="utf-8"))
    told["title"] = PAYLOADS[0] + PAYLOADS[4]
    told["description"] = PAYLOADS[33] + PAYLOADS[16]
    told["licenses"][0]["title"] = PAYLOADS[35]
    told["changes"][0]["description"] = PAYLOADS[32]
    (into / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    return into
