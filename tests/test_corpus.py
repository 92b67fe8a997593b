"""A corpus on each engine: the same rows, those of ``threats code``, and nothing twice."""

import csv
import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from threats.cli.main import main
from threats.coding.batch import readers
from threats.coding.batch.dataset_writer import add_dataset
from threats.coding.batch.engines import ENGINES, STEP_BYTES, start_spark
from threats.coding.batch.job import run_job
from threats.coding.batch.readers import CorpusError, read_files
from threats.coding.coder import code, find_mentions
from threats.coding.document import clean_text, searchable
from threats.coding.rules import compiled, rule_text

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
PASSAGES = Path(__file__).parent / "benchmarks" / "passages" / "tuning.jsonl"
ODD = [
    "“É  x”\n\n ǅ–ﬁ\tİz terror attacks",
    "Te\u0301rrorism and cre\u0300me",
    "coördination of counter–terrorism",
    "Домашний терроризм, terrorism",
    "terrorismé, terrorism\u0301, ſmuggled weapons, \u212aCVE",
    "\ud55c\u1112\u1161\u11ab terrorism\u00adist human\u200b trafficking",
    "A\nB\nTerrorism\nD\nE\nhello there, cybercrime.",
    "The topics were:\nTerrorism\nMigration\nDrugs\nCybercrime\nand money\nlaundering.",
    "Home » News » terrorism » Contact\ncorruption",
    "They met. Our work, Migration, Policing, Youth, Environment. Corruption was a topic.",
    "About the OSCE: terrorism.\r\nHuman trafficking\rsmuggling of\r\ndrugs $1 \\1",
    "\x00\x01terror\x0bism\x85 firearms",
]
PIECES = [
    *("terrorism", "drug trafficking", "Office of Counter-Terrorism", "UNODC", "Migration"),
    *("Countering terrorism", "About the OSCE", "Contact", "COVID-19", "held online", "because of"),
    *("\n", "\n\n", " ", "  ", "\t", ".", ":", ",", ";", " | ", "- ", "• ", "»", "”", "\u00a0"),
    *("a", "the", "é", "e\u0301", "\u0301", "\u0301" * 40, "ǅ", "İ", "ﬁ", "🛂", "ß", "中"),
    *("x" * 60, "\r\n", "\x00"),
]


def row(key, text, date="2021-05-06", region="", source=None):
    return {"id": key, "date": date, "text": text, "region": region, "source": source}


def silent(share, what):
    """Hear of progress."""


@pytest.fixture(scope="module")
def texts():
    """Return passages, odd texts and random ones by id."""
    lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    every = {p["id"]: p["text"] for p in map(json.loads, lines[::3])}
    every |= {f"odd{number}": text for number, text in enumerate(ODD)}
    order = random.Random(12)
    for number in range(150):
        pieces = order.choices(PIECES, k=order.randint(2, 60))
        every[f"random{number}"] = "terrorism" + "".join(pieces)
    every["narrow"] = "\n".join(
        [
            *["Officers of several States met in the old town hall for two days."] * 6,
            "About the OSCE",
        ]
        + ["and its work there is much to be said, such as about terrorism and"] * 3
        + ["drugs.", "", "Corruption was a topic."]
    )
    return every


@pytest.fixture(scope="module")
def expected(texts, data):
    """Return what ``threats code`` finds in the single texts."""
    return {(key, *found) for key, text in texts.items() for found in coded_alone(text, data)}


def coded_alone(text, data):
    coded = code(text, data)
    threats = {("threat", found.id) for found in coded.threats}
    return threats | {("response", found.id) for found in coded.responses}


@pytest.fixture(scope="session")
def spark():
    """Start Spark once for all tests."""
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not on this machine")
    session = start_spark()
    yield
    session.stop()


@pytest.fixture(params=["pool", "duckdb", "spark"])
def engine(request):
    """Return the name of an engine that is installed."""
    if request.param == "spark":
        request.getfixturevalue("spark")
    elif request.param == "duckdb":
        pytest.importorskip("duckdb")
    return request.param


def write_lines(file, rows):
    lines = [json.dumps(each) + "\n" for each in rows]
    file.write_text("".join(lines), encoding="utf-8")
    return file


def coded(source, out, engine, data):
    summary = run_job(source, out, engine, data, silent)
    return summary, pq.read_table(out / "mentions").to_pylist()


def tables(out):
    return (
        (out / "counts.csv").read_text(encoding="utf-8"),
        (out / "rejects.csv").read_text(encoding="utf-8"),
        sorted(map(str, pq.read_table(out / "mentions").to_pylist())),
        sorted(map(str, pq.read_table(out / "texts").to_pylist())),
    )


def test_each_engine_finds_what_the_coder_of_single_texts_finds(
    texts, expected, engine, data, tmp_path
):
    # JSON has no NUL of its own, but an escape for it.
    file = write_lines(tmp_path / "in.jsonl", (row(*each) for each in texts.items()))
    summary, found = coded(file, tmp_path / "out", engine, data)
    assert {(m["id"], m["kind"], m["code"]) for m in found} == expected
    assert len(found) == len(expected) > 300
    assert summary["texts"] == len(texts)
    assert summary["mentions"] == len(found)
    assert {(m["date"], m["year"], m["region"]) for m in found} == {("2021-05-06", 2021, "")}


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"])).map("".join))
def test_mentions_are_what_the_coder_of_single_texts_finds(data, text):
    rules = compiled(rule_text(data, ("threat", "response")))
    assert set(find_mentions(text, rules)) == coded_alone(text, data)
    form = searchable(clean_text(text), rules.standing).folded.replace(b"\x00", b"")
    assert b"  " not in form.strip()


ROWS = [
    row("a", "Terrorism", "2020"),
    row("b", "Terrorism and corruption", "2020-02", "central_asia"),
    row("c", "Nothing", "2020-02-29T10:00:00Z", "central_asia"),
    row("d", "Terrorism", "2020-12-31 23:59:59", "central_asia"),
    row("", "x"),
    row("  ", "x"),
    row("  ", "x"),
    row("twice", "Terrorism"),
    row("twice", "Corruption", "2019-01-01T00:00:00"),
    row("thrice", "Corruption", "in May"),
    row("thrice", "Corruption"),
    row("thrice", ""),
    row("e", "x", ""),
    row("f", "x", "2021-02-29"),
    row("g", "x", "2021-13"),
    row("h", "x", "in May"),
    row("i", "x", "2021-01-01\n"),
    row("j", ""),
    row("k", " \n"),
    row("l", "x" * 200_001),
    row("m", "x", region="mars"),
    row("n", "x" * 200_000, "1900-02-28"),
]
REASONS = {
    "": "no id",
    "  ": "no id",
    **dict.fromkeys(["twice", "thrice"], "the id is repeated"),
    "e": "no date",
    **dict.fromkeys("fghi", "no valid date as YYYY, YYYY-MM or YYYY-MM-DD"),
    **dict.fromkeys("jk", "no text"),
    "l": "more than 200,000 characters",
    "m": "a region that is not in the vocabulary",
}


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_good_rows_are_counted_and_bad_ones_refused_with_the_reason(engine, kind, data, tmp_path):
    file = tmp_path / f"in.{kind}"
    if kind == "jsonl":
        write_lines(file, ROWS)
    elif kind == "csv":
        with file.open("w", encoding="utf-8-sig", newline="") as opened:
            writer = csv.DictWriter(opened, ["text", "region", "more", "date", "id"])
            writer.writeheader()
            writer.writerows(
                {name: each[name] for name in ("id", "date", "text", "region")} | {"more": 'a "b"'}
                for each in ROWS
            )
    else:
        pq.write_table(pa.Table.from_pylist(ROWS), file, row_group_size=5)
    summary, found = coded(file, tmp_path / "out", engine, data)
    with (tmp_path / "out" / "rejects.csv").open(encoding="utf-8", newline="") as opened:
        rejects = list(csv.DictReader(opened))
    assert [each["date"] for each in rejects if each["id"] == "twice"] == [
        "2019-01-01T00:00:00",
        "2021-05-06",
    ]
    assert {each["id"]: each["reason"] for each in rejects} == REASONS
    assert (summary["texts"], summary["rejects"]) == (5, 17)
    assert {(m["id"], m["date"], m["year"], m["code"]) for m in found} == {
        ("a", "2020", 2020, "terrorism"),
        ("b", "2020-02", 2020, "terrorism"),
        ("b", "2020-02", 2020, "corruption"),
        ("d", "2020-12-31", 2020, "terrorism"),
    }
    with (tmp_path / "out" / "counts.csv").open(encoding="utf-8", newline="") as opened:
        counts = {(c["year"], c["region"], c["code"]): c for c in csv.DictReader(opened)}
    asia = counts["2020", "central_asia", "terrorism"]
    assert (asia["texts"], asia["texts_with_it"], asia["share"]) == ("3", "2", "0.666667")
    assert counts["2020", "", "corruption"]["texts_with_it"] == "0"
    assert counts["1900", "", "terrorism"]["texts"] == "1"


def test_columns_of_dates_and_numbers_are_taken_as_they_read(engine, data, tmp_path):
    table = pa.table(
        {
            "id": [1, 2],
            "date": [dt.date(2020, 1, 2), None],
            "text": ["Terrorism", "Terrorism"],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    write_lines(tmp_path / "in.jsonl", [{"id": 1, "date": 2020, "text": "Terrorism"}])
    _, found = coded(tmp_path / "in.parquet", tmp_path / "out", engine, data)
    assert [(m["id"], m["date"], m["year"]) for m in found] == [("1", "2020-01-02", 2020)]
    _, found = coded(tmp_path / "in.jsonl", tmp_path / "other", engine, data)
    assert [(m["id"], m["date"], m["year"]) for m in found] == [("1", "2020", 2020)]


def test_half_of_a_surrogate_pair_is_no_character(data, tmp_path):
    write_lines(tmp_path / "in.jsonl", [row("a\ud800", "Terrorism \udfff. Corruption.")])
    _, found = coded(tmp_path / "in.jsonl", tmp_path / "out", "pool", data)
    assert {(m["id"], m["code"]) for m in found} == {
        ("a\ufffd", "terrorism"),
        ("a\ufffd", "corruption"),
    }


def test_a_corpus_without_a_good_row_gives_empty_tables(data, tmp_path):
    write_lines(tmp_path / "in.jsonl", [row("a", "")])
    summary, found = coded(tmp_path / "in.jsonl", tmp_path / "out", "pool", data)
    assert (summary["texts"], summary["mentions"], summary["rejects"], found) == (0, 0, 1, [])
    assert (tmp_path / "out" / "counts.csv").read_text(encoding="utf-8").startswith("year,")
    assert "no text is left" in add_dataset(tmp_path / "out", data)


def test_a_corpus_without_a_row_gives_empty_tables(engine, data, tmp_path):
    (tmp_path / "in.csv").write_text("id,date,text\n", encoding="utf-8")
    summary, found = coded(tmp_path / "in.csv", tmp_path / "out", engine, data)
    assert (summary["texts"], summary["rejects"], found) == (0, 0, [])


def test_ids_of_one_hash_are_told_apart(data, tmp_path, monkeypatch):
    monkeypatch.setattr(pd.util, "hash_array", lambda ids, **_: pd.Series(0, range(len(ids))))
    write_lines(tmp_path / "in.jsonl", [row("a", "x"), row("b", "x"), row("b", "x")])
    assert coded(tmp_path / "in.jsonl", tmp_path / "out", "pool", data)[0]["texts"] == 1


@pytest.mark.parametrize("size", [1, 7, 60, 100_000])
def test_each_line_is_in_one_piece_of_a_file(size, tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "PIECE_BYTES", size)
    monkeypatch.setattr(readers, "BATCH_ROWS", 2)
    file = write_lines(tmp_path / "in.jsonl", (row(str(n), "é\n" * (n % 5)) for n in range(20)))
    shares = [(batch["id"].to_pylist(), share) for batch, share in read_files([file])]
    assert [key for ids, _ in shares for key in ids] == list(map(str, range(20)))
    assert [share for _, share in shares] == sorted(share for _, share in shares)
    file.write_bytes(file.read_bytes() + b"no JSON")
    counted = r"line \d+ is not JSON.*\(lines counted from byte" if size < 100 else "line 21 is"
    with pytest.raises(CorpusError, match=counted):
        list(read_files([file]))


@pytest.fixture
def corpus(tmp_path, texts):
    """Return a folder of several files."""
    (tmp_path / "in" / "more").mkdir(parents=True)
    every = list(texts.items())
    for number in range(5):
        name = f"in/more/{number}.jsonl" if number % 2 else f"in/{number}.jsonl"
        some = every[number::5]
        write_lines(tmp_path / name, (row(*each, f"20{number}0") for each in some))
    return tmp_path / "in"


def test_an_interrupted_run_resumes_and_gives_the_same(engine, corpus, data, tmp_path, monkeypatch):
    monkeypatch.setitem(STEP_BYTES, engine, 1)  # a step for each file
    run_job(corpus, tmp_path / "whole", engine, data, silent)

    def interrupts(share, what):
        if share > 0.5 and what == "coding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(corpus, tmp_path / "out", engine, data, interrupts)
    left = tmp_path / "out" / "unfinished"
    done = {p: p.stat().st_mtime_ns for p in left.glob("*/part-*") if not p.match("*-begun")}
    assert len(done) >= 2
    assert not (tmp_path / "out" / "corpus.json").exists()
    # What was begun and not finished counts for nothing.
    one = next(iter(done))
    shutil.copytree(one, one.with_name("part-other-begun"))
    with pytest.raises(KeyboardInterrupt):
        run_job(corpus, tmp_path / "out", engine, data, interrupts_at_the_end)
    assert {part: part.stat().st_mtime_ns for part in done} == done
    run_job(corpus, tmp_path / "out", engine, data, silent)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert not left.exists()


def interrupts_at_the_end(share, what):
    if what == "combining results":
        raise KeyboardInterrupt


def test_one_engine_goes_on_where_another_was_interrupted(corpus, data, tmp_path, monkeypatch):
    pytest.importorskip("duckdb")
    monkeypatch.setitem(STEP_BYTES, "pool", 1)
    with pytest.raises(KeyboardInterrupt):
        run_job(corpus, tmp_path / "out", "pool", data, interrupts_at_the_end)
    run_job(corpus, tmp_path / "out", "duckdb", data, silent)
    run_job(corpus, tmp_path / "whole", "pool", data, silent)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


@pytest.mark.slow
def test_a_killed_process_leaves_no_process_and_nothing_that_is_counted_twice(
    corpus, data, tmp_path
):
    # Enough for some seconds of work.
    for file in list(corpus.rglob("*.jsonl")):
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        write_lines(file, ({**one, "id": f"{one['id']}-{n}"} for n in range(60) for one in lines))
    script = "import sys; from threats.cli.main import main; main()"
    command = [sys.executable, "-c", script, "code", "--corpus", corpus, "--out", tmp_path / "out"]
    with subprocess.Popen(
        list(map(str, command)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        begun = tmp_path / "out" / "unfinished"
        while process.poll() is None and not list(begun.glob("*/part-*-begun/*")):
            time.sleep(0.02)
        time.sleep(0.5)
        assert process.poll() is None, "it was over before it could be killed"
        process.kill()
    wait_for_the_end_of_group(process.pid)
    run_job(corpus, tmp_path / "out", "pool", data, silent)
    run_job(corpus, tmp_path / "whole", "pool", data, silent)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def wait_for_the_end_of_group(group):
    """Wait until all processes of a group are over, for at most 30 seconds."""
    for _ in range(300):
        listed = subprocess.check_output(["ps", "-A", "-o", "pgid=,stat="], text=True)
        rows = [line.split() for line in listed.splitlines()]
        if not any(int(each) == group and state[0] != "Z" for each, state in rows):
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    pytest.fail("a process outlived the one that started it")


def test_a_process_that_ends_while_it_codes_is_an_error_in_words(data, tmp_path):
    write_lines(tmp_path / "in.jsonl", [row("a", "Terrorism")])
    with (
        pytest.raises(CorpusError, match="ended while it coded"),
        ENGINES["pool"](ends_its_process) as code_files,
    ):
        list(code_files([tmp_path / "in.jsonl"], tmp_path / "out"))


def ends_its_process(batch):
    os._exit(1)


def test_the_same_run_again_does_nothing_and_another_is_refused(corpus, data, tmp_path):
    first = run_job(corpus, tmp_path / "out", "pandas", data, silent)
    assert first["engine"] == "pool"  # pandas is its old name
    assert run_job(corpus, tmp_path / "out", "pool", data, silent) == first
    write_lines(corpus / "new.jsonl", [row("new", "Terrorism")])
    with pytest.raises(CorpusError, match="results of another run"):
        run_job(corpus, tmp_path / "out", "pool", data, silent)


def test_a_changed_corpus_starts_over_after_a_broken_run(corpus, data, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run_job(corpus, tmp_path / "out", "pool", data, interrupts_at_the_end)
    write_lines(corpus / "new.jsonl", [row("new", "Terrorism")])
    summary = run_job(corpus, tmp_path / "out", "pool", data, silent)
    run_job(corpus, tmp_path / "whole", "pool", data, silent)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert summary["texts"] == sum(1 for f in corpus.rglob("*.jsonl") for _ in f.open())


BAD = {
    "in.jsonl": ('{"id": "1", "date": "2020"}\n', "no column text"),
    "a.jsonl": ('{"id": "1", "date": "2020", "text": "x"}\n{"id":\n', "line 2 is not JSON"),
    "b.jsonl": ('{"id": "1", "date": "2020", "text": "x"}\n[1]\n', "not a JSON object"),
    "c.jsonl": ("", "no column id, date, text"),
    "d.csv": ("id;date;text\n1;2020;x\n", "no column id, date, text"),
    "e.csv": ('id,date,text\n1,2020,"x\n', "e.csv"),
    "f.csv": ("id,date,text\n1,2020\n", "another number of cells"),
    "g.csv": (b"id,date,text\n1,2020,\xff\n", "utf-8"),
    "h.parquet": ("no parquet", "cannot be read"),
    "i.txt": ("x", "has no file in"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_nothing_is_made(name, engine, data, tmp_path):
    content, said = BAD[name]
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    if engine == "duckdb":
        said = r"\S"
    if engine == "duckdb" and name == "b.jsonl":
        pytest.skip("DuckDB takes such a line for a row without values, which is refused")
    with pytest.raises(CorpusError, match=said):
        run_job(tmp_path / "in", tmp_path / "out", engine, data, silent)
    assert not (tmp_path / "out" / "corpus.json").exists()


def test_text_of_parquet_that_is_no_text_is_named(engine, data, tmp_path):
    bad = pa.array([b"Terrorism \xff"]).view(pa.string())
    table = pa.table({"id": ["a"], "date": ["2020"], "text": bad})
    pq.write_table(table, tmp_path / "in.parquet")
    with pytest.raises(CorpusError, match=r"(?i)utf-?8"):
        run_job(tmp_path / "in.parquet", tmp_path / "out", engine, data, silent)


def test_the_command_says_what_is_wrong(tmp_path):
    (tmp_path / "f.csv").write_text(BAD["f.csv"][0], encoding="utf-8")
    arguments = ["code", "--corpus", str(tmp_path / "f.csv"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert "another number of cells" in done.output
    assert "Traceback" not in done.output


def test_several_kinds_and_missing_files_are_refused(tmp_path, data):
    for name in ("a.jsonl", "b.csv"):
        (tmp_path / name).write_text("id,date,text\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="several kinds"):
        run_job(tmp_path, tmp_path / "out", "pool", data, silent)
    with pytest.raises(CorpusError, match="does not exist"):
        run_job(tmp_path / "no", tmp_path / "out", "pool", data, silent)


@pytest.mark.parametrize(("engine", "module"), [("duckdb", "duckdb"), ("spark", "pyspark")])
def test_a_missing_engine_says_what_to_install(engine, module, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.sql", None)
    write_lines(tmp_path / "in.jsonl", [row("a", "Terrorism")])
    arguments = ["--corpus", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, ["code", *arguments, "--engine", engine])
    assert done.exit_code == 1
    assert 'pip install "threats[corpus]"' in done.output


@pytest.mark.parametrize(
    "arguments",
    [[], ["--corpus", "x"], ["--out", "x", "y.txt"], ["--corpus", "x", "--out", "y", "z.txt"]],
)
def test_what_does_not_go_together_is_told(arguments):
    assert CliRunner().invoke(main, ["code", *arguments]).exit_code == 2
