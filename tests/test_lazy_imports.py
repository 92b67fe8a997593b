"""Imports that wait until the server answers."""

import importlib

from threats.lazy_imports import loaded_module


def test_a_module_whose_code_still_runs_is_not_loaded_yet(tmp_path, monkeypatch):
    (tmp_path / "slow_module.py").write_text(
        "from threats.lazy_imports import loaded_module\nwithin = loaded_module(__name__)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert loaded_module("slow_module") is None
    module = importlib.import_module("slow_module")
    assert module.within is None
    assert loaded_module("slow_module") is module
