"""Who is signed in, where the dashboard asks for it."""

import streamlit as st

from threats import sign_in
from threats.ui.text import strange


def only_signed_in() -> None:
    """Stop the run of a page where sign-in is configured and nobody is signed in; the routes have
    refused such a reader already, and this is the second lock."""
    if sign_in.configured() and not st.user.is_logged_in:
        st.title("Signed out")
        st.markdown(f"[Sign in]({sign_in.BEGIN})")
        st.stop()


def account() -> None:
    """Draw in the sidebar who is signed in and the way out, where sign-in is configured."""
    if sign_in.configured():
        name = next((st.user[key] for key in ("name", "email", "sub") if st.user.get(key)), "")
        with st.sidebar:
            st.caption(f"Signed in as {strange(str(name))}.")
            st.button("Sign out", icon=":material/logout:", width="stretch", on_click=st.logout)
