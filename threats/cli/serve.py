"""The command ``threats serve``."""

import click

from threats.text.commands import BIND_ADDRESS_HELP, OPEN_HINT, PORT_HELP, SERVE_HELP
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
    # Streamlit takes a second to import, and no other command needs it.
    from threats.server.application import serve

    host = "localhost" if address in ("0.0.0.0", "::") else address
    click.echo(_(OPEN_HINT, host=host, port=port), err=True)
    serve(address, port)
