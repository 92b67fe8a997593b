"""The ASGI application: middleware, and all routes except the pages of Streamlit."""
