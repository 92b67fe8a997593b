"""Imports that wait until the server answers, by one thread at a time."""

import threading

# Packages that import each other in a circle, as pandas and SciPy do within, can be seen half made
# by a second thread that imports them at the same moment.
IMPORT_LOCK = threading.Lock()
