"""Which transnational threats stand on the agenda of border and security meetings."""

from threats.lazy_imports import load_module

__all__ = ["Dataset", "DatasetError", "load"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(load_module("threats.dataset.model"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
