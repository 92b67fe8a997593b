"""The signed-in user, if sign-in is configured."""

import streamlit as st

from threats.app.markdown import untrusted
from threats.server.middleware.sign_in import SIGN_IN_PATH, is_sign_in_configured
from threats.text.sign_in import SIGN_IN_LABEL, SIGN_OUT_LABEL, SIGNED_IN_AS, SIGNED_OUT_TITLE
from threats.text.translate import _


def require_sign_in() -> None:
    """Stop the run of a page if sign-in is configured and nobody is signed in.

    The middleware has refused such a reader already; this is the second lock.
    """
    if is_sign_in_configured() and not st.user.is_logged_in:
        st.title(_(SIGNED_OUT_TITLE))
        st.markdown(f"[{_(SIGN_IN_LABEL)}]({SIGN_IN_PATH})")
        st.stop()


def account_menu() -> None:
    """Show the signed-in user and a button to sign out in the sidebar, if sign-in is configured."""
    if is_sign_in_configured():
        name = next((st.user[key] for key in ("name", "email", "sub") if st.user.get(key)), "")
        with st.sidebar:
            st.caption(_(SIGNED_IN_AS, name=untrusted(str(name))))
            st.button(
                _(SIGN_OUT_LABEL), icon=":material/logout:", width="stretch", on_click=st.logout
            )
