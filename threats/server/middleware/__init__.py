"""ASGI middleware: what happens to each request before and after it is answered."""
