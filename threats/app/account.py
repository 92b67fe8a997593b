"""Who is signed in, where the dashboard asks for it."""

import streamlit as st

from threats.app.markdown import untrusted
from threats.server.middleware.sign_in import SIGN_IN_PATH, is_sign_in_configured


def require_sign_in() -> None:
    """Stop the run of a page where sign-in is configured and nobody is signed in; the routes have
    refused such a reader already, and this is the second lock."""
    if is_sign_in_configured() and not st.user.is_logged_in:
        st.title("Signed out")
        st.markdown(f"[Sign in]({SIGN_IN_PATH})")
        st.stop()


def account_menu() -> None:
    """Draw in the sidebar who is signed in and the way out, where sign-in is configured."""
    if is_sign_in_configured():
        name = next((st.user[key] for key in ("name", "email", "sub") if st.user.get(key)), "")
        with st.sidebar:
            st.caption(f"Signed in as {untrusted(str(name))}.")
            st.button("Sign out", icon=":material/logout:", width="stretch", on_click=st.logout)
