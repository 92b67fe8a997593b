"""The floor under every dashboard that draws with Plotly: a bare page with all in memory."""

import json
import shutil
from pathlib import Path

import plotly
from dash_app import figures, names

PAGE = """<!doctype html><meta charset="utf-8"><title>Floor</title>
<script src="plotly.min.js"></script><body>
<script type="module">
const {names, labels, states} = await (await fetch("PAGE.json")).json();
let chosen = "";
async function show(next, first) {
  for (const name of names) {
    if (!first && states[next][name] === states[chosen][name]) continue;
    const figure = states[next][name] ? JSON.parse(states[next][name]) : {data: [], layout: {}};
    Plotly.react("at-" + name, figure.data, figure.layout, {displayModeBar: false});
  }
  chosen = next;
}
for (const [key, label] of Object.entries(labels)) {
  const button = document.createElement("button");
  button.textContent = label;
  button.setAttribute("role", "option");
  button.onclick = () => show(chosen === key ? "" : key);
  document.body.append(button);
}
for (const name of names) {
  const place = document.createElement("div");
  place.id = "at-" + name;
  document.body.append(place);
}
show("", true);
</script>"""


def write(folder: Path, page: str, labels: dict[str, str]) -> None:
    """Put the bare page of a dashboard's page into a folder, with its figures for no region and for
    each of ``labels`` and with the plotly.js of the Python package."""
    states = {
        key: {name: drawn.to_json() for name, drawn in figures(page, (key,) if key else ()).items()}
        for key in ("", *labels)
    }
    told = {"names": names(page), "labels": labels, "states": states}
    (folder / f"{page}.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / f"{page}.html").write_text(PAGE.replace("PAGE", page), encoding="utf-8")
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    shutil.copy(script, folder / script.name)
