"""Which transnational threats stand on the agenda of border and security meetings."""

import importlib

__all__ = ["Dataset", "DatasetError", "load"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # By PEP 562 at first use, as pandas behind it takes longer to import than the server to start.
    if name in __all__:
        return getattr(importlib.import_module("threats.dataset.model"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
