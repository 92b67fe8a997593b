"""The cache of results that all readers share."""

import functools
import inspect
import threading
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache
from cachetools import cached as cachetools_cached
from cachetools.keys import hashkey

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


def cached(
    maxsize: int,
) -> Callable[[Callable[_Params, _Result]], Callable[_Params, _Result]]:
    """Return a decorator that caches the last ``maxsize`` results by hashable arguments.

    Callers that ask for the same result at the same time wait for one computation. An exception is
    raised in the computing caller only; waiting callers compute again. Callers get shallow copies
    of a DataFrame, so that they can change them.
    """

    def decorator(function: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
        signature = inspect.signature(function)

        def key(*args: Hashable, **kwargs: Hashable) -> tuple[Hashable, ...]:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            return hashkey(*bound.args, **bound.kwargs)

        compute = cachetools_cached(LRUCache(maxsize), key=key, condition=threading.Condition())(
            function
        )

        @functools.wraps(function)
        def wrapper(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
            result = compute(*args, **kwargs)
            return result.copy(deep=False) if isinstance(result, pd.DataFrame) else result

        return wrapper

    return decorator
