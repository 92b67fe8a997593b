"""Imports that wait until the server answers.

All modules behind the routes and pages take 1.5 s of processor time to import, three times as long
as the server itself takes to start.
"""

import importlib
import threading
from types import ModuleType

# A second thread can see packages with circular imports, such as pandas and SciPy, half imported.
IMPORT_LOCK = threading.RLock()


def load_module(name: str) -> ModuleType:
    """Import a module, one thread at a time, and return it."""
    with IMPORT_LOCK:
        return importlib.import_module(name)
