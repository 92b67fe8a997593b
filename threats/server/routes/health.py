"""Whether the dashboard can serve, for monitoring."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from threats.dataset.store import FolderState, folder_states
from threats.exports.chrome import browser_available


def serve_health(request: Request) -> Response:
    """Answer whether the dashboard can serve: the data version, whether the folder of the data has
    changed into something wrong since, and whether pictures can be drawn; of several datasets the
    state of each, and as a whole that of the first which is not well. Only where none can be shown
    the status is 503. Who is not signed in where that is asked for learns no more than the state.
    """
    states = [_folder_status(state) for state in folder_states()]
    told = states[0]
    if len(states) > 1:
        worst = next((state["status"] for state in states if state["status"] != "ok"), "ok")
        told = {"status": worst, "datasets": states}
    served = any("data_version" in state for state in states)
    if served:
        told["pictures"] = browser_available()
    if request.scope.get("anonymous"):
        told = {"status": told["status"]}
    return JSONResponse(told, 200 if served else 503, headers=_NO_STORE)


def _folder_status(state: FolderState) -> dict[str, str | int]:
    told = {"problems": len(state.error.problems)} if state.error else {}
    if state.good is None:
        return {"status": "data in error", **told}
    status = "serving the last good data" if state.error else "ok"
    return {"status": status, "dataset": state.good.id, "data_version": state.good.version, **told}


_NO_STORE = {"Cache-Control": "no-store"}
