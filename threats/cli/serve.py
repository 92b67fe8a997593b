"""The command ``threats serve``."""

import errno
import os
import socket

import click

from threats.text.commands import (
    BIND_ADDRESS_HELP,
    OPEN_HINT,
    PORT_HELP,
    PORT_TAKEN_MESSAGE,
    SERVE_HELP,
)
from threats.text.translate import _


@click.command(name="serve", help=_(SERVE_HELP))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    help=_(PORT_HELP),
)
@click.option("--address", default="localhost", show_default=True, help=_(BIND_ADDRESS_HELP))
def serve_command(port: int, address: str) -> None:
    """Run the dashboard."""
    if _is_taken(address, port):
        raise click.ClickException(_(PORT_TAKEN_MESSAGE, port=port, other=_free_port()))
    # Streamlit takes a second to import, and no other command needs it.
    from threats.server.application import serve

    host = "localhost" if address in ("0.0.0.0", "::") else address
    host = f"[{host}]" if ":" in host else host
    click.echo(_(OPEN_HINT, host=host, port=port), err=True)
    serve(address, port)


def _is_taken(address: str, port: int) -> bool:
    """Return whether another program listens on a port of an address."""
    try:
        places = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except OSError:  # the server says why
        return False
    return any(_is_in_use(family, place) for family, _kind, _protocol, _name, place in places)


def _is_in_use(family: int, place: tuple) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            if os.name == "posix":  # as the server does it, after an earlier one has stopped
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                tried.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            tried.bind(place)
    except OSError as error:
        return error.errno == errno.EADDRINUSE
    return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
