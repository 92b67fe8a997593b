"""The dashboard as an ASGI application, for ``streamlit run app.py``."""

import streamlit as st

from threats.server.application import DASHBOARD_SCRIPT, application_options

# Streamlit looks for this call in the source code.
app = st.App(DASHBOARD_SCRIPT, **application_options())
