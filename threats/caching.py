"""The cache of results that all readers share, and results kept on disk for the next start."""

import contextlib
import functools
import hashlib
import inspect
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Hashable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache
from cachetools import cached as cachetools_cached
from cachetools.keys import hashkey

from threats.config import cache_folder
from threats.language import reader_language

MAX_KEPT_RESULTS = 20  # of all starts
_LIBRARIES = ("frictionless", "google-re2", "numpy", "pandas", "scipy", "statsmodels")
_PACKAGE = Path(__file__).parent

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


def cached(
    maxsize: int, *, words: bool = False
) -> Callable[[Callable[_Params, _Result]], Callable[_Params, _Result]]:
    """Return a decorator that caches the last ``maxsize`` results by hashable arguments.

    Results with ``words`` are kept for each language of readers, and apart for readers whose
    address names it, as links in them repeat it.

    Callers that ask for the same result at the same time wait for one computation. An exception is
    raised in the computing caller only; waiting callers compute again. Callers get shallow copies
    of a DataFrame, so that they can change them.
    """

    def decorator(function: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
        signature = inspect.signature(function)

        def key(*args: Hashable, **kwargs: Hashable) -> tuple[Hashable, ...]:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            spoken = (reader_language(),) if words else ()
            return hashkey(*spoken, *bound.args, **bound.kwargs)

        compute = cachetools_cached(LRUCache(maxsize), key=key, condition=threading.Condition())(
            function
        )

        @functools.wraps(function)
        def wrapper(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
            result = compute(*args, **kwargs)
            return result.copy(deep=False) if isinstance(result, pd.DataFrame) else result

        return wrapper

    return decorator


def kept_result(name: str, files: Mapping[str, bytes]) -> Any:
    """Return the result of this name that was kept on disk for a dataset with these files, or None.

    A result is found only by the SHA-256 of all that it was computed from: the bytes of the
    dataset, this program with its translations and the libraries that compute. It is JSON, so that
    reading it runs no code.
    """
    path = _path(name, files)
    # Whatever is wrong with the file or the folder, the result can be computed again.
    with contextlib.suppress(OSError, ValueError):
        if _is_private(path.parent):
            return json.loads(path.read_text(encoding="utf-8"))
    return None


def keep_result(name: str, files: Mapping[str, bytes], result: Any) -> None:
    """Keep a result for the next start, if there is a place for it."""
    path = _path(name, files)
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(path.parent):
            return
        # Renamed when it is complete, as other processes may read it.
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as file:
            json.dump(result, file, ensure_ascii=False)
        os.replace(file.name, path)
        kept = sorted(path.parent.glob("*"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-MAX_KEPT_RESULTS]:
            old.unlink(missing_ok=True)


def _path(name: str, files: Mapping[str, bytes]) -> Path:
    digest = _digest({**files, "program": program_digest()})
    return cache_folder() / f"{name}-{digest}.json"


def _is_private(folder: Path) -> bool:
    """Return whether nobody else can write in a folder."""
    if not hasattr(os, "getuid"):  # Windows, where the folder of a user is private
        return folder.is_dir()
    state = folder.lstat()
    return folder.is_dir() and state.st_uid == os.getuid() and not state.st_mode & 0o022


@functools.lru_cache(maxsize=1)
def program_digest() -> bytes:
    """Return a digest of this program and of the libraries that it computes with, as text in
    bytes."""
    paths = [path for suffix in ("py", "po") for path in _PACKAGE.rglob(f"*.{suffix}")]
    code = {str(path.relative_to(_PACKAGE)): path.read_bytes() for path in paths}
    return _digest(code | {name: _version(name) for name in _LIBRARIES}).encode()


def _version(library: str) -> bytes:
    try:
        return version(library).encode()
    except PackageNotFoundError:
        return b""


def _digest(parts: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of names and contents, each preceded by its length."""
    digest = hashlib.sha256(sys.version.encode())
    for name, content in sorted(parts.items()):
        digest.update(f"{len(name)} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()
