"""Which transnational threats stand on the agenda of border and security meetings."""

from threats.dataset import Dataset, DatasetError, load

__all__ = ["Dataset", "DatasetError", "load"]
__version__ = "0.1.0"
