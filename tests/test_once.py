"""What is computed once: by many at the same moment, for the last few, and no error kept."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from threats.caching import cached


def test_many_who_ask_at_the_same_moment_get_one_computation():
    made, start = [], threading.Barrier(8)

    @cached(4)
    def slow(number):
        made.append(number)
        time.sleep(0.05)
        return number * 2

    def ask(number):
        start.wait(30)
        return slow(number)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, [1, 1, 1, 1, 2, 2, 2, 2]))
    assert answers == [2, 2, 2, 2, 4, 4, 4, 4]
    assert sorted(made) == [1, 2]


def test_the_least_lately_asked_is_forgotten():
    made = []

    @cached(2)
    def double(number):
        made.append(number)
        return number * 2

    for number in (1, 2, 1, 3, 1, 2):
        assert double(number) == number * 2
    assert made == [1, 2, 3, 2]


def test_an_error_is_not_kept():
    tried = []

    @cached(2)
    def fails_at_first():
        tried.append(1)
        if len(tried) == 1:
            raise ValueError("not yet")
        return "done"

    with pytest.raises(ValueError, match="not yet"):
        fails_at_first()
    assert fails_at_first() == "done"


def test_who_waited_for_another_who_ran_out_of_time_asks_anew():
    tried, begun, waits = [], threading.Event(), threading.Event()

    @cached(2)
    def slow():
        tried.append(threading.current_thread())
        begun.set()
        if len(tried) == 1:
            waits.wait(30)
            raise TimeoutError("no time left")
        return "done"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow)
        begun.wait(30)
        second = pool.submit(slow)
        while second.running() and not tried[1:]:
            waits.set()
        assert second.result(30) == "done"
        with pytest.raises(TimeoutError, match="no time left"):
            first.result(30)


def test_what_a_caller_does_to_a_table_stays_with_the_caller():
    @cached(1)
    def table():
        return pd.DataFrame({"a": [1, 2]})

    mine = table()
    mine["b"] = 3
    mine.loc[0, "a"] = 9
    assert table().to_dict("list") == {"a": [1, 2]}


def test_an_argument_left_out_is_the_same_as_its_default_given():
    made = []

    @cached(4)
    def told(number, twice=False):
        made.append(number)
        return number * 2 if twice else number

    assert [told(3), told(3, False), told(number=3, twice=False), told(3, True)] == [3, 3, 3, 6]
    assert made == [3, 3]
