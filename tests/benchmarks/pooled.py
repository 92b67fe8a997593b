"""Pooled attention: its predictions against simpler ones, its bands against a sampler, its speed.

    python tests/benchmarks/pooled.py [NAME ...]     of score agreement speed
                                      [--data DIR]

``score`` leaves one year out at a time and predicts each meeting of it. A score is the mean of
-log(probability of what happened) over meetings and threats, less is better, and a gain is over the
overall mean. Simple shares have two more meetings at the overall mean, without which a share of
zero would score infinitely.

``agreement`` samples the same model of six threats by NUTS of NumPyro, written here a second time
from the documentation. NumPyro is no dependency: without it this part is skipped.

``speed`` is the processor time of all threats, and of one threat, without any cached result.
"""

import argparse
import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace

import common
import numpy as np
from scipy.special import expit

import threats
from threats.dataset.dates import date_range
from threats.stats import pooled, pooled_model
from threats.stats.filters import Selection
from threats.stats.pooled_base import PooledBase, pooled_base
from threats.stats.pooled_model import Design, fit_pooled_models
from threats.stats.selection import Selected, select

SAMPLED = (
    "terrorism",
    "drug_trafficking",
    "pandemic",
    "armed_conflict_spillover",
    "cyber_ict_security",
    "irregular_migration",
)
PSEUDO_MEETINGS = 2
BASELINE, AVERAGE, POOLED = "overall mean", "three-year moving average", "pooled"

Cells = tuple[np.ndarray, np.ndarray]  # hits and trials: threats by cells


def _of_years(base: PooledBase) -> tuple[Cells, np.ndarray, list[str]]:
    """Return hits and trials of the threats with enough meetings, the year of each cell, and the
    ids."""
    enough = pooled._has_enough(base)
    first_year = base.time.days[0].astype("datetime64[Y]").astype(int) + 1970
    steps = base.design.sizes[3]
    walk = base.design.time[:, :steps]
    year = first_year + (walk > walk.min(axis=0)).sum(axis=1)
    ids = [key for key, fits in zip(base.ids, enough, strict=True) if fits]
    return (base.hits[enough], base.trials[enough]), year, ids


def _smoothed(hits: np.ndarray, trials: np.ndarray, mean: np.ndarray) -> np.ndarray:
    return (hits + PSEUDO_MEETINGS * mean) / (trials + PSEUDO_MEETINGS)


def _predict_pooled(design: Design) -> Callable:
    """Return a predictor of all cells by a model with this design."""

    def predict(hits: np.ndarray, trials: np.ndarray, _: np.ndarray) -> np.ndarray:
        draws = fit_pooled_models(design, hits, trials)
        scores = (
            own @ rows.T for own, rows in ((draws.mix, design.mix), (draws.time, design.time))
        )
        return expit(sum(scores)).mean(axis=1)

    return predict


def predictors(design: Design) -> dict[str, Callable]:
    """Return the predictors by their names."""
    _, series, _, walk, _ = design.sizes
    only_walk = Design(design.mix[:, :1], design.time[:, :walk], (1, 0, 0, walk, 0))
    only_series = Design(design.mix[:, : 1 + series], design.time[:, :0], (1, series, 0, 0, 0))
    return {
        "random walk over years alone": _predict_pooled(only_walk),
        "series alone": _predict_pooled(only_series),
        POOLED: _predict_pooled(design),
    }


def losses(base: PooledBase) -> tuple[dict[str, np.ndarray], Cells, np.ndarray, list[str]]:
    """Return the loss of each predictor by threat and cell, summed over the meetings of the cell,
    then the cells, their years and the threats."""
    (hits, trials), year, ids = _of_years(base)
    models = predictors(base.design)
    names = ("share of the other meetings of the year", BASELINE, AVERAGE, *models)
    result = {name: np.zeros(hits.shape) for name in names}
    for left_out in np.unique(year):
        here = year == left_out
        near = (abs(year - left_out) == 1) & ~here
        rest = np.where(here, 0, hits), np.where(here, 0, trials)
        mean = rest[0].sum(axis=1, keepdims=True) / rest[1].sum(axis=1, keepdims=True)
        shares = {
            BASELINE: np.broadcast_to(mean, hits.shape),
            AVERAGE: np.broadcast_to(
                _smoothed(*(c[:, near].sum(axis=1, keepdims=True) for c in (hits, trials)), mean),
                hits.shape,
            ),
            **{name: predict(*rest, mean) for name, predict in models.items()},
        }
        for name, share in shares.items():
            result[name][:, here] = _loss(hits, trials, share)[:, here]
        # The other meetings of the year, for a meeting with and for one without the threat.
        on, of = (c[:, here].sum(axis=1, keepdims=True) for c in (hits, trials))
        having, lacking = (_smoothed(np.maximum(on - own, 0), of - 1, mean) for own in (1, 0))
        others = -hits * np.log(having) - (trials - hits) * np.log1p(-lacking)
        result[names[0]][:, here] = others[:, here]
    return result, (hits, trials), year, ids


def _loss(hits: np.ndarray, trials: np.ndarray, share: np.ndarray) -> np.ndarray:
    return -hits * np.log(share) - (trials - hits) * np.log1p(-share)


def score(selected: Selected) -> list[dict]:
    """Return the score of each predictor and its gain with a 95% interval over years, and print how
    pooling and the three-year average do for each threat."""
    result, (_, trials), year, ids = losses(pooled_base(selected, "threats"))
    years = np.unique(year)
    by_year = {n: np.array([c[:, year == y].sum() for y in years]) for n, c in result.items()}
    meetings = np.array([trials[:, year == y].sum() for y in years])
    sample = np.random.default_rng(1).integers(len(years), size=(4000, len(years)))
    rows = []
    for name, sums in by_year.items():
        gain = by_year[BASELINE] - sums
        low, high = np.quantile(gain[sample].sum(1) / meetings[sample].sum(1), [0.025, 0.975])
        rows.append(
            {
                "predictor": name,
                "score": f"{sums.sum() / meetings.sum():.4f}",
                "gain": f"{gain.sum() / meetings.sum():+.4f}",
                "95%": f"{low:+.3f} to {high:+.3f}",
            }
        )
    each = {n: result[n].sum(axis=1) / trials.sum(axis=1) for n in (POOLED, AVERAGE)}
    threat_rows = [
        {"threat": key, POOLED: own, AVERAGE: other, "better": "yes" if own < other else "NO"}
        for key, own, other in zip(ids, *each.values(), strict=True)
    ]
    common.show(threat_rows, "Each threat, leaving one year out")
    return rows


def agreement(selected: Selected) -> list[dict]:
    """Return for each sampled threat the largest differences, in points, of yearly means and bands
    from those of a long run of NUTS; none without NumPyro."""
    try:
        import numpyro  # noqa: F401
    except ImportError:
        print("\nagreement: skipped, no NumPyro")
        return []
    table = pooled.pooled_attention(selected)
    rows = []
    for threat in SAMPLED:
        own = table[table["threat_id"] == threat]
        seen = (own["meetings"] > 0).to_numpy()
        start = time.perf_counter()
        draws = sample_shares(selected, threat)
        limits = np.quantile(draws, pooled.BAND, axis=0)
        away = {
            "mean": own["share"].to_numpy() - draws.mean(axis=0),
            "low": own["low"].to_numpy() - limits[0],
            "high": own["high"].to_numpy() - limits[1],
        }
        most = {name: 100 * float(abs(of[seen]).max()) for name, of in away.items()}
        met = most["mean"] <= 1 and max(most["low"], most["high"]) <= 2
        seconds = time.perf_counter() - start
        rows.append({"threat": threat, **most, "met": "yes" if met else "NO", "nuts_s": seconds})
    return rows


def _meeting_data(selected: Selected, threat: str) -> dict:
    """Return the model's data of each meeting, from the tables and without the package's model."""
    known = selected.meetings[selected.meetings["known"]].dropna(subset="year")
    if threat == "pandemic":
        base = (known["found_by"] != "pandemic_search").to_numpy()
    else:
        base = np.ones(len(known), dtype=bool)
    counted = selected.agenda[selected.agenda["role"].isin(["focus", "discussed"])]
    having = set(counted.loc[counted["threat_id"] == threat, "meeting_id"])
    days = dict(selected.dataset["milestones"][["milestone_id", "date"]].to_numpy())
    start, war, end = (
        dt.date.fromisoformat(days[name])
        for name in ("who_emergency_start", "ukraine_invasion", "who_emergency_end")
    )

    def exposure(first: dt.date, last: dt.date) -> list[float]:
        days = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
        in_shocks = ([start <= d < war for d in days], [war <= d <= end for d in days])
        return [sum(inside) / len(days) for inside in in_shocks]

    first, last = selected.years
    regions = sorted({r for scope in known["scope"] for r in scope.split(";")})
    series = sorted(set(known["series"]))
    own_regions = [scope.split(";") for scope in known["scope"]]
    return {
        "base": base,
        "y": np.array([key in having for key in known["meeting_id"]], dtype=int),
        "series": np.array([series.index(key) for key in known["series"]]),
        "regions": np.array([[(r in own) / len(own) for r in regions] for own in own_regions]),
        "year": known["year"].to_numpy(dtype=int) - first,
        "n_years": last - first + 1,
        "shocks": np.array([exposure(*date_range(text)) for text in known["start_date"]]),
        "year_shocks": [
            [exposure(day, day) for day in _days_of_year(year)] for year in range(first, last + 1)
        ],
    }


def _days_of_year(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(n) for n in range((dt.date(year + 1, 1, 1) - first).days)]


def sample_shares(selected: Selected, threat: str, draws: int = 8000) -> np.ndarray:
    """Return draws of the share of each year at the fixed mix: draws by years."""
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import MCMC, NUTS

    data = _meeting_data(selected, threat)
    base = data["base"]
    n_regions, n_series = data["regions"].shape[1], data["series"].max() + 1

    def normal(name: str, n: int) -> jax.Array:
        return numpyro.sample(name, dist.Normal(0, 1).expand([n]).to_event(1))

    def model() -> None:
        series_sd = numpyro.sample("series_sd", dist.HalfNormal(1.5))
        walk_sd = numpyro.sample("walk_sd", dist.HalfNormal(0.3))
        level = numpyro.sample("level", dist.Normal(0, 3))
        series = series_sd * normal("series", n_series)
        regions = 0.5 * normal("regions", n_regions)
        steps = walk_sd * normal("steps", data["n_years"] - 1)
        walk = jnp.concatenate([jnp.zeros(1), jnp.cumsum(steps)])
        walk = numpyro.deterministic("walk", walk - walk.mean())
        shocks = numpyro.deterministic("shock", 2 * normal("shocks", 2))
        mix = level + series[data["series"]] + data["regions"] @ regions
        mix = numpyro.deterministic("mix", mix)
        logit = mix + walk[data["year"]] + data["shocks"] @ shocks
        numpyro.sample("y", dist.Bernoulli(logits=logit[base]), obs=data["y"][base])

    run = MCMC(
        NUTS(model, target_accept_prob=0.9),
        num_warmup=1000,
        num_samples=draws,
        progress_bar=False,
    )
    run.run(jax.random.PRNGKey(1))
    got = {name: np.asarray(values) for name, values in run.get_samples().items()}
    shares = np.zeros((draws, data["n_years"]))
    for year, exposures in enumerate(data["year_shocks"]):
        kinds, days = np.unique(exposures, axis=0, return_counts=True)
        for kind, n in zip(kinds, days, strict=True):
            added = got["walk"][:, year] + got["shock"] @ kind
            shares[:, year] += expit(got["mix"] + added[:, None]).mean(axis=1) * n / days.sum()
    return shares


def speed(dataset: threats.dataset.model.Dataset) -> list[dict]:
    """Return the processor time of uncached figures."""
    rows = []
    for what, selection, threats_wanted in (
        ("all threats", Selection(), None),
        ("all threats, every meeting", Selection(reach="all", courses=True), None),
        ("one threat", Selection(), ["terrorism"]),
    ):
        selected = select(dataset, selection)
        vocabulary = selected.threats
        if threats_wanted:
            vocabulary = vocabulary[vocabulary["threat_id"].isin(threats_wanted)]
        seconds = []
        for _ in range(5):
            # Another object is another key of the caches.
            whole = replace(selected)
            start = time.process_time()
            pooled.pooled_attention(replace(whole, threats=vocabulary, whole=whole))
            seconds.append(time.process_time() - start)
        rows.append({"what": what, "meetings": selected.known, "s": common.p50(seconds)})
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=["score", "agreement", "speed"])
    parser.add_argument("--data", default=str(common.ROOT / "data"))
    arguments = parser.parse_args()
    dataset = threats.load(arguments.data)
    selected = select(dataset, Selection())
    print(f"{selected.known} meetings, {pooled_model.N_DRAWS} draws")
    parts = {
        "score": lambda: score(selected),
        "agreement": lambda: agreement(selected),
        "speed": lambda: speed(dataset),
    }
    for name in arguments.names:
        rows = parts[name]()
        common.show(rows, name)
        common.save(f"pooled_{name}", rows)


if __name__ == "__main__":
    main()
