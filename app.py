"""What ``streamlit run app.py`` opens: the dashboard as an ASGI application."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from threats.first_html import FirstHtml
from threats.routes import ROUTES

app = st.App(
    Path(__file__).parent / "threats" / "dashboard.py",
    routes=ROUTES,
    middleware=[Middleware(GZipMiddleware, minimum_size=1000), Middleware(FirstHtml)],
)
