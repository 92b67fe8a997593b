"""The state of the dashboard, for monitoring."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from threats.dataset.store import FolderState, folder_states
from threats.exports.chrome import browser_available
from threats.text.server import IN_ERROR, LAST_GOOD, OK

_NO_STORE = {"Cache-Control": "no-store"}


def serve_health(request: Request) -> Response:
    """Answer with status, data version, number of problems, and whether images can be rendered.

    With several datasets the answer has the state of each, and as a whole the first that is not
    ``ok``. The HTTP status is 503 only if no dataset can be shown. A client that must sign in gets
    nothing but the status.
    """
    states = [_folder_status(state) for state in folder_states()]
    answer: dict[str, object] = {**states[0]}
    if len(states) > 1:
        worst = next((state["status"] for state in states if state["status"] != OK), OK)
        answer = {"status": worst, "datasets": states}
    served = any("data_version" in state for state in states)
    if served:
        answer["pictures"] = browser_available()
    if request.scope.get("anonymous"):
        answer = {"status": answer["status"]}
    return JSONResponse(answer, 200 if served else 503, headers=_NO_STORE)


def _folder_status(state: FolderState) -> dict[str, str | int]:
    problems = {"problems": len(state.error.problems)} if state.error else {}
    if state.good is None:
        return {"status": IN_ERROR, **problems}
    version = {"dataset": state.good.id, "data_version": state.good.version}
    return {"status": LAST_GOOD if state.error else OK, **version, **problems}
