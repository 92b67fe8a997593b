"""The script of Plotly from the installed package, at an address that never changes its content."""

from importlib import metadata, util
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

# Below a folder whose files are compressed once, see ``StaticCompression``.
PLOTLY_SCRIPT_PATH = f"/reader/static/plotly-{metadata.version('plotly')}.min.js"
_IMMUTABLE = "max-age=31536000,immutable"


def serve_plotly_script(_request: Request) -> Response:
    """Answer with the script. Its address holds the version, so that browsers keep it."""
    spec = util.find_spec("plotly")  # without the import, which takes long
    assert spec is not None
    assert spec.origin is not None
    script = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    return FileResponse(
        script, media_type="application/javascript", headers={"Cache-Control": _IMMUTABLE}
    )
