"""Help and messages of the commands for the shell."""

from threats.text.translate import N_

SERVE_HELP = N_("Start the dashboard.")
PORT_HELP = N_("Port to listen on.")
BIND_ADDRESS_HELP = N_("Address to listen on. 0.0.0.0 opens the dashboard to the network.")
