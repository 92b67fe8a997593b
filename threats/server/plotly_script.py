"""The script of Plotly that draws the charts, at an address that never changes its content."""

from importlib import metadata
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

# Below a folder whose files are compressed once, see ``StaticCompression``.
PLOTLY_SCRIPT_PATH = f"/reader/static/plotly-{metadata.version('plotly')}.min.js"
# Plotly's own bundle of the traces with axes, a third of that in its Python package.
PLOTLY_SCRIPT = Path(__file__).parent / "static" / "plotly-cartesian.min.js"
_IMMUTABLE = "max-age=31536000,immutable"


def serve_plotly_script(_request: Request) -> Response:
    """Answer with the script. Its address holds the version, so that browsers keep it."""
    return FileResponse(
        PLOTLY_SCRIPT, media_type="application/javascript", headers={"Cache-Control": _IMMUTABLE}
    )
