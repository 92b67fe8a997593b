"""Which rows belong to a region."""

import numpy as np
import pandas as pd

from threats.dataset.categories import is_in
from threats.dataset.model import OSCE_WIDE


def in_regions(region: pd.Series, scope: pd.Series, regions: set[str]) -> np.ndarray:
    """Return whether each row belongs to one of the regions: by its own region, or by the scope of
    its meeting if it has none."""
    untied = is_in(region, ["", OSCE_WIDE]) | region.isna().to_numpy()
    return is_in(region, regions) | (untied & scope_overlaps(scope, regions))


def scope_overlaps(scope: pd.Series, regions: set[str]) -> np.ndarray:
    """Return whether each scope, a list of regions, has one of the regions."""
    inside = [ids for ids in scope.cat.categories if not regions.isdisjoint(ids.split(";"))]
    return is_in(scope, inside)
