"""Binomial models with partial pooling, one for each id, fitted together.

``threats.stats.pooled`` says what the models are for, with their priors and sources.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from threats.stats.libraries import expit

# These matrices are small: on two busy cores the threads of BLAS take six times as long as one.
threadpool_limits(1, "blas")

# Prior standard deviations on the logit scale.
LEVEL_SD = 3.0
REGION_SD = 0.5
SHOCK_SD = 2.0
# Those of series and of the steps between years have half-normal priors of these scales. The models
# are fitted at each pair of the values of the two grids.
SERIES_SD_SCALE = 1.5
WALK_SD_SCALE = 0.3
SERIES_SDS = np.array([0.3, 0.75, 1.25, 1.9, 2.7, 3.7, 5.0])
WALK_SDS = np.array([0.02, 0.09, 0.18, 0.3, 0.47, 0.7, 1.0])

N_DRAWS = 2000
MIN_NODE_WEIGHT = 0.01
MAX_NEWTON_STEPS = 50
MAX_STEP = 3.0  # of a linear predictor: longer ones overshoot where the logistic curve is flat
TOLERANCE = 3e-3


class Design(NamedTuple):
    """The predictors of a model. Each row is a cell, the meetings that the model cannot
    distinguish.

    ``mix`` has the columns of the level, the series and the regions. ``time`` has those of the
    steps between years and of the shocks. ``sizes`` has the number of columns of each of the five.
    """

    mix: np.ndarray
    time: np.ndarray
    sizes: tuple[int, int, int, int, int]


class Draws(NamedTuple):
    """Draws from the posterior of each model: models by draws by columns of ``mix`` or ``time``."""

    mix: np.ndarray
    time: np.ndarray


class _Node(NamedTuple):
    """All models at one pair of standard deviations."""

    mode: np.ndarray
    hessian: np.ndarray
    log_evidence: np.ndarray


def fit_pooled_models(design: Design, hits: np.ndarray, trials: np.ndarray) -> Draws:
    """Return draws from the posterior of one model for each row of ``hits`` out of ``trials``, of
    which the columns are the cells of the design."""
    columns, split = np.hstack([design.mix, design.time]), design.mix.shape[1]
    if not len(hits):
        return Draws(*np.split(np.empty((0, N_DRAWS, columns.shape[1])), [split], axis=2))
    products = _pair_products(columns)
    nodes: list[_Node] = []
    log_prior: list[float] = []
    start = np.zeros((len(hits), columns.shape[1]))
    for place, series in enumerate(SERIES_SDS):
        # The walk's grid is passed up and down, so that each mode is near the one before.
        for walk in range(len(WALK_SDS))[:: -1 if place % 2 else 1]:
            precision = _prior_precision(design.sizes, series, WALK_SDS[walk])
            nodes.append(_fit_node(columns, products, hits, trials, precision, start))
            log_prior.append(_log_prior()[place, walk])
            start = nodes[-1].mode
    weights = _mixture_weights(np.array([node.log_evidence for node in nodes]).T + log_prior)
    values = np.empty((len(hits), N_DRAWS, columns.shape[1]), dtype=np.float32)
    for i, own in enumerate(values):
        modes_and_hessians = [(node.mode[i], node.hessian[i]) for node in nodes]
        own[:] = _draw(columns, trials[i], modes_and_hessians, weights[i])
    return Draws(*np.split(values, [split], axis=2))


def _prior_precision(sizes: tuple[int, ...], series_sd: float, walk_sd: float) -> np.ndarray:
    """Return the prior precision of each column."""
    return np.repeat([LEVEL_SD, series_sd, REGION_SD, walk_sd, SHOCK_SD], sizes) ** -2.0


@lru_cache(maxsize=1)
def _log_prior() -> np.ndarray:
    """Return the logarithm of the prior weight of each pair of standard deviations: the half-normal
    densities by the width of the grid there."""
    series, walk = (
        np.log(np.gradient(sds)) - (sds / scale) ** 2 / 2
        for sds, scale in ((SERIES_SDS, SERIES_SD_SCALE), (WALK_SDS, WALK_SD_SCALE))
    )
    return series[:, None] + walk


def _mixture_weights(log_weights: np.ndarray) -> np.ndarray:
    """Return the weight of each node (column) for each model, without the smallest."""
    weights = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    weights[weights < MIN_NODE_WEIGHT * weights.sum(axis=1, keepdims=True)] = 0
    return weights / weights.sum(axis=1, keepdims=True)


def _fit_node(
    columns: np.ndarray,
    products: np.ndarray,
    hits: np.ndarray,
    trials: np.ndarray,
    precision: np.ndarray,
    start: np.ndarray,
) -> _Node:
    """Return Laplace's approximation of every model, by Newton's method from ``start``."""
    mode, hessian = start.copy(), np.empty((*start.shape, len(precision)))
    going = np.arange(len(start))  # a model stops by itself, so that it has the same result alone
    for _ in range(MAX_NEWTON_STEPS):
        share = expit(mode[going] @ columns.T)
        gradient = (hits[going] - trials[going] * share) @ columns - mode[going] * precision
        pairs = (trials[going] * share * (1 - share)) @ products
        hessian[going] = pairs[:, _pair_places(len(precision))] + np.diag(precision)
        step = np.linalg.solve(hessian[going], gradient[:, :, None])[:, :, 0]
        largest = np.abs(step @ columns.T).max(axis=1)
        mode[going] += step * np.minimum(1, MAX_STEP / np.maximum(largest, MAX_STEP))[:, None]
        going = going[largest >= TOLERANCE]
        if not len(going):
            break
    score = mode @ columns.T
    log_evidence = (
        (hits * score - trials * np.logaddexp(0, score)).sum(axis=1)
        - (mode**2 @ precision) / 2
        + np.log(precision).sum() / 2
        - np.linalg.slogdet(hessian)[1] / 2
    )
    return _Node(mode, hessian, log_evidence)


def _pair_products(columns: np.ndarray) -> np.ndarray:
    """Return the product of each pair of columns. Their weighted sum is half of a Hessian, in half
    of the time."""
    first, second = np.triu_indices(columns.shape[1])
    return columns[:, first] * columns[:, second]


@lru_cache(maxsize=8)
def _pair_places(n_columns: int) -> np.ndarray:
    """Return the number of the pair in each cell of a symmetric matrix."""
    places = np.zeros((n_columns, n_columns), dtype=int)
    first, second = np.triu_indices(n_columns)
    places[first, second] = places[second, first] = np.arange(len(first))
    return places


@lru_cache(maxsize=8)
def _standard_normal(n_columns: int) -> np.ndarray:
    """Return the same random numbers at every call, in pairs of opposite sign."""
    half = np.random.default_rng(1).standard_normal((N_DRAWS // 2, n_columns))
    return np.concatenate([half, -half])


def _draw(
    columns: np.ndarray,
    trials: np.ndarray,
    nodes: list[tuple[np.ndarray, np.ndarray]],
    weights: np.ndarray,
) -> np.ndarray:
    """Return draws (rows) of one model from the mixture of its nodes, each a mode and a Hessian."""
    normal = _standard_normal(columns.shape[1])
    quantiles = (np.arange(N_DRAWS // 2) + 0.5) / (N_DRAWS // 2)
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), quantiles), len(weights) - 1)
    chosen = np.tile(chosen, 2)
    values = np.empty(normal.shape, dtype=np.float32)
    for place in np.unique(chosen):
        mode, hessian = nodes[place]
        root = np.linalg.inv(np.linalg.cholesky(hessian))
        share = expit(columns @ mode)
        # A skewed posterior has its mean beside its mode: to first order by its third derivatives.
        third = trials * share * (1 - share) * (1 - 2 * share)
        variance = ((columns @ root.T) ** 2).sum(axis=1)
        mean = mode - root.T @ (root @ (columns.T @ (third * variance))) / 2
        rows = chosen == place
        values[rows] = mean + normal[rows] @ root
    return values


def standardise_shares(
    draws: Draws,
    mix: np.ndarray,
    mix_weights: np.ndarray,
    time: np.ndarray,
) -> np.ndarray:
    """Return draws of shares at a fixed mix: models by draws by rows of ``time``.

    A share is the mean of the predictions for all rows of ``mix``, by ``mix_weights``.
    """
    shares = np.empty((*draws.mix.shape[:2], len(time)), dtype=np.float32)
    weights = mix_weights.astype(np.float32)
    for model in range(len(shares)):
        # expit(a + b) is 1 / (1 + exp(-a) exp(-b)), which needs an exponential for each row only.
        odds_mix, odds_time = (
            np.exp(-np.clip(part[model] @ rows.T.astype(np.float32), -40, 40))
            for part, rows in ((draws.mix, mix), (draws.time, time))
        )
        cells = np.empty_like(odds_mix)
        for place in range(len(time)):
            np.multiply(odds_mix, odds_time[:, place, None], out=cells)
            cells += 1
            shares[model, :, place] = np.reciprocal(cells, out=cells) @ weights
    return shares
