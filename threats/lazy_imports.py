"""Imports that wait until the server answers.

All modules behind the routes and pages take 1.5 s of processor time to import, three times as long
as the server itself takes to start.
"""

import importlib
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

# A second thread can see packages with circular imports, such as pandas and SciPy, half imported.
IMPORT_LOCK = threading.RLock()


def load_module(name: str) -> ModuleType:
    """Import a module, one thread at a time, and return it."""
    with IMPORT_LOCK:
        return importlib.import_module(name)


def loaded_module(name: str) -> ModuleType | None:
    """Return a module if it is imported already, to its last line."""
    found = sys.modules.get(name)
    return None if getattr(getattr(found, "__spec__", None), "_initializing", False) else found


def lazy_function(module: str, name: str) -> Callable[..., Any]:
    """Return a function, or class, of a module that is imported at the first call."""
    found: list[Callable[..., Any]] = []

    def call(*arguments: Any, **options: Any) -> Any:
        if not found:  # later calls do not wait for the imports of others
            found.append(getattr(load_module(module), name))
        return found[0](*arguments, **options)

    return call
