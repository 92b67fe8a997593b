"""What is computed once for all who ask."""

import functools
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import pandas as pd

_Result = TypeVar("_Result")


def cached(
    maxsize: int, retry_on: type[Exception] | tuple = ()
) -> Callable[[Callable[..., _Result]], Callable[..., _Result]]:
    """Return a decorator by which a function of hashable arguments is computed once for the last
    ``most`` of them, also where many ask for the same at the same moment, which
    ``functools.lru_cache`` would compute for each. A table is handed out so that what a caller
    does to it stays with the caller; an error is not kept. One of the type ``own`` is of who asked
    first alone: who waited for the same asks anew."""

    def decorator(function: Callable[..., _Result]) -> Callable[..., _Result]:
        kept: OrderedDict[tuple, Future] = OrderedDict()
        lock = threading.Lock()
        signature = inspect.signature(function)

        def key_of(arguments: tuple, named: dict) -> tuple:
            # An argument left out is the same as its default given, by place or by name.
            bound = signature.bind(*arguments, **named)
            bound.apply_defaults()
            return bound.args, tuple(sorted(bound.kwargs.items()))

        @functools.wraps(function)
        def asked(*arguments, **named) -> _Result:
            key = key_of(arguments, named)
            with lock:
                found = kept.pop(key, None)
                result = kept[key] = found or Future()
                if len(kept) > maxsize:
                    kept.popitem(last=False)
            if found is None:
                try:
                    result.set_result(function(*arguments, **named))
                except BaseException as error:
                    with lock:
                        kept.pop(key, None)
                    result.set_exception(error)
            try:
                made = result.result()
            except retry_on:
                if found is None:
                    raise
                return asked(*arguments, **named)
            return made.copy(deep=False) if isinstance(made, pd.DataFrame) else made

        return asked

    return decorator
