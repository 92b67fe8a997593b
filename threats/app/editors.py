"""Who may change the dataset from a page."""

import contextlib
import getpass
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from threats.config import editable_folder, named_editors
from threats.dataset.model import Dataset
from threats.server.middleware.sign_in import is_sign_in_configured
from threats.upkeep.review import NotEditableError, check_editable

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
# A proxy on this machine adds one of them to the request of a reader elsewhere.
_PROXY_HEADERS = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


def may_edit(data: Dataset) -> bool:
    """Return whether the reader of this run may change a dataset.

    Its folder is open for changes, and it is the current edition. With sign-in the reader is a
    named editor. Without it the reader is on the machine of the server.
    """
    if not editable_folder() or data.today:
        return False
    try:
        check_editable(data.folder)
    except NotEditableError:
        return False
    if is_sign_in_configured():
        return is_editor(st.user.to_dict())
    return is_local(st.get_option("server.address"), st.context.headers)


def is_editor(user: Mapping) -> bool:
    """Return whether a signed-in user is a named editor, by an email address that the identity
    provider does not call unverified."""
    email = str(user.get("email") or "").casefold()
    verified = str(user.get("email_verified", True)).casefold() != "false"
    return user.get("is_logged_in") is True and verified and email in named_editors()


def is_local(address: str | None, headers: Mapping[str, str]) -> bool:
    """Return whether a server listens only to its own machine, and a request came from there
    without a proxy."""
    host = urlsplit(f"//{headers.get('Host', address or '')}").hostname
    is_direct = not any(name in headers for name in _PROXY_HEADERS)
    return address in LOCAL_HOSTS and host in LOCAL_HOSTS and is_direct


def editor_name() -> str:
    """Return the email address of the signed-in editor, else the user of the server's machine;
    empty if neither is known."""
    if is_sign_in_configured():
        return str(st.user.get("email") or "")
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
