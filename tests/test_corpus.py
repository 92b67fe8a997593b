"""A corpus on each engine: the same rows, those of ``threats code``, and nothing twice."""

import csv
import datetime as dt
import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from threats.cli.main import main
from threats.coding.coder import code
from threats.coding.corpus.engines import BATCH, CorpusError
from threats.coding.corpus.run import run
from threats.coding.document import clean_text, to_plain_ascii
from threats.coding.normalise import ascii_replacements, frequent_replacements, latin_replacements
from threats.coding.rules import RULE_TABLES, portable_pattern, split_patterns
from threats.dataset.rule_syntax import parse_pattern

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
    *(
        "a",
        "the",
        "é",
        "e\u0301",
        "\u0301",
        "ǅ",
        "İ",
        "ﬁ",
        "🛂",
        "ß",
        "中",
        "x" * 60,
        "\r\n",
        "\x00",
    ),
]


def row(key, text, date="2021-05-06", region="", source=None):
    return {"id": key, "date": date, "text": text, "region": region, "source": source}


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
    found = set()
    for key, text in texts.items():
        coded = code(text, data)
        found |= {(key, "threat", hit.id) for hit in coded.threats}
        found |= {(key, "response", hit.id) for hit in coded.responses}
    return found


@pytest.fixture(params=["pandas", "duckdb", "spark"])
def engine(request):
    """Return the name of an engine that is installed."""
    if request.param != "pandas":
        pytest.importorskip({"duckdb": "duckdb", "spark": "pyspark"}[request.param])
    if request.param == "spark" and not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not on this machine")
    return request.param


def write_lines(file, rows):
    lines = [json.dumps(each) + "\n" for each in rows]
    file.write_text("".join(lines), encoding="utf-8")
    return file


def coded(source, out, engine, data):
    summary = run(source, out, engine, data, lambda share, what: None)
    mentions = pq.read_table(out / "mentions").to_pylist()
    return summary, mentions


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
    # JSON has no half characters and no NUL of its own, but escapes for both.
    file = write_lines(tmp_path / "in.jsonl", (row(*each) for each in texts.items()))
    summary, mentions = coded(file, tmp_path / "out", engine, data)
    assert {(m["id"], m["kind"], m["code"]) for m in mentions} == expected
    assert len(mentions) == len(expected) > 300
    assert summary["texts"] == len(texts)
    assert {(m["date"], m["year"], m["region"]) for m in mentions} == {("2021-05-06", 2021, "")}


ROWS = [
    row("a", "Terrorism", "2020"),
    row("b", "Terrorism and corruption", "2020-02", "central_asia"),
    row("c", "Nothing", "2020-02-29T10:00:00Z", "central_asia"),
    row("d", "Terrorism", "2020-12-31 23:59:59", "central_asia"),
    row("", "x"),
    row("  ", "x"),
    row("twice", "Terrorism"),
    row("twice", "Corruption", "2019"),
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
    "twice": "the id stands more than once",
    "e": "no date",
    **dict.fromkeys("fghi", "no date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD"),
    **dict.fromkeys("jk", "no text"),
    "l": "over 200,000 characters",
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
        pq.write_table(pa.Table.from_pylist(ROWS), file)
    summary, mentions = coded(file, tmp_path / "out", engine, data)
    with (tmp_path / "out" / "rejects.csv").open(encoding="utf-8", newline="") as opened:
        rejects = list(csv.DictReader(opened))
    assert [each["id"] for each in rejects].count("twice") == 2
    assert {each["id"]: each["reason"] for each in rejects} == REASONS
    assert (summary["texts"], summary["rejects"]) == (5, 13)
    assert {(m["id"], m["date"], m["year"], m["code"]) for m in mentions} == {
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
    _, mentions = coded(tmp_path / "in.parquet", tmp_path / "out", engine, data)
    assert [(m["id"], m["date"], m["year"]) for m in mentions] == [("1", "2020-01-02", 2020)]


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


def test_a_run_broken_off_goes_on_and_gives_the_same(engine, corpus, data, tmp_path, monkeypatch):
    monkeypatch.setitem(BATCH, engine, 1)  # a step for each file
    run(corpus, tmp_path / "whole", engine, data, lambda share, what: None)
    told = []

    def breaks(share, what):
        told.append((share, what))
        if share > 0.5 and what == "coding":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, tmp_path / "out", engine, data, breaks)
    left = tmp_path / "out" / "unfinished"
    done = {p: p.stat().st_mtime_ns for p in left.glob("*/coded-*") if not p.match("*-begun")}
    assert len(done) >= 2
    assert not (tmp_path / "out" / "corpus.json").exists()
    # What was begun and not finished counts for nothing.
    one = next(iter(done))
    shutil.copytree(one, one.with_name("coded-other-begun"))
    with pytest.raises(KeyboardInterrupt):  # the next one breaks at the end
        run(corpus, tmp_path / "out", engine, data, breaks_at_the_end)
    assert {part: part.stat().st_mtime_ns for part in done} == done
    run(corpus, tmp_path / "out", engine, data, lambda share, what: None)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert not left.exists()


def breaks_at_the_end(share, what):
    if what == "putting together":
        raise KeyboardInterrupt


def test_a_killed_process_leaves_nothing_that_is_counted_twice(corpus, data, tmp_path):
    # Enough for some seconds of work.
    for file in list(corpus.rglob("*.jsonl")):
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        write_lines(file, ({**one, "id": f"{one['id']}-{n}"} for n in range(12) for one in lines))
    script = "import sys; from threats.cli.main import main; main()"
    command = [sys.executable, "-c", script, "code", "--corpus", corpus, "--out", tmp_path / "out"]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as p:
        for _ in range(600):
            if (
                list((tmp_path / "out").glob("unfinished/*/coded-*-begun/*"))
                or p.poll() is not None
            ):
                break
            try:
                p.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        assert p.poll() is None, "it was over before it could be killed"
        p.kill()
    run(corpus, tmp_path / "out", "pandas", data, lambda share, what: None)
    run(corpus, tmp_path / "whole", "pandas", data, lambda share, what: None)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_the_same_run_again_does_nothing_and_another_is_refused(corpus, data, tmp_path):
    first = run(corpus, tmp_path / "out", "pandas", data, lambda share, what: None)
    assert run(corpus, tmp_path / "out", "pandas", data, lambda share, what: None) == first
    write_lines(corpus / "new.jsonl", [row("new", "Terrorism")])
    with pytest.raises(CorpusError, match="holds another run"):
        run(corpus, tmp_path / "out", "pandas", data, lambda share, what: None)


def test_a_changed_corpus_starts_over_after_a_broken_run(corpus, data, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(corpus, tmp_path / "out", "pandas", data, breaks_at_the_end)
    write_lines(corpus / "new.jsonl", [row("new", "Terrorism")])
    summary = run(corpus, tmp_path / "out", "pandas", data, lambda share, what: None)
    run(corpus, tmp_path / "whole", "pandas", data, lambda share, what: None)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert summary["texts"] == sum(1 for f in corpus.rglob("*.jsonl") for _ in f.open())


BAD = {
    "in.jsonl": ('{"id": "1", "date": "2020"}\n', "no column text"),
    "a.jsonl": ('{"id": "1", "date": "2020", "text": "x"}\n{"id":\n', "line 2 is not JSON"),
    "b.jsonl": ('{"id": "1", "date": "2020", "text": "x"}\n[1]\n', "not a JSON object"),
    "c.jsonl": ("", "no column id, date, text"),
    "d.csv": ("id;date;text\n1;2020;x\n", "no column id, date, text"),
    "e.csv": ('id,date,text\n1,2020,"x\n', "e.csv"),
    "f.csv": ("id,date,text\n1,2020\n", "not as many cells"),
    "g.csv": (b"id,date,text\n1,2020,\xff\n", "utf-8"),
    "h.parquet": ("no parquet", "cannot be read"),
    "i.txt": ("x", "has no file in"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_nothing_is_made(name, tmp_path):
    content, said = BAD[name]
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    arguments = ["code", "--corpus", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out" / "corpus.json").exists()


@pytest.mark.parametrize("name", ["a.jsonl", "e.csv", "f.csv", "g.csv"])
def test_other_engines_name_a_bad_file_too(name, engine, data, tmp_path):
    content, _ = BAD[name]
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    if engine == "spark" and name in ("e.csv", "g.csv"):
        pytest.skip("Spark takes these rows as they are")
    with pytest.raises(CorpusError, match=r"\S"):
        run(file, tmp_path / "out", engine, data, lambda share, what: None)
    assert not (tmp_path / "out" / "corpus.json").exists()


def test_several_kinds_and_missing_files_are_refused(tmp_path, data):
    for name in ("a.jsonl", "b.csv"):
        (tmp_path / name).write_text("id,date,text\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="several kinds"):
        run(tmp_path, tmp_path / "out", "pandas", data, lambda share, what: None)
    with pytest.raises(CorpusError, match="not there"):
        run(tmp_path / "no", tmp_path / "out", "pandas", data, lambda share, what: None)


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


def _every_step():
    return [*frequent_replacements(), *latin_replacements(), *ascii_replacements()]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"])).map("".join))
def test_replacements_fold_a_text_as_the_coder_does(text):
    folded = re.sub("\r\n?", "\n", text)
    for pattern, value in _every_step():
        folded = re.sub(pattern, value.replace("\\", r"\\"), folded)
    folded = re.sub(" ?\n ?", "\n", re.sub("[ \t]+", " ", folded))
    assert folded == to_plain_ascii(clean_text(text))[0]


def test_gathered_alternatives_find_the_same(data, texts):
    every = [re.sub(r"\s+", " ", text) for text in list(texts.values())[:200]]
    for kind in ("threat", "response", "region", "organization"):
        table = data[RULE_TABLES[kind]]
        for keywords in filter(None, table["keywords"]):
            one = re.compile(
                rf"\b(?:{'|'.join(split_patterns(keywords))})\b", re.IGNORECASE | re.ASCII
            )
            other = re.compile(portable_pattern(split_patterns(keywords)), re.ASCII)
            for text in every:
                assert bool(one.search(text)) == bool(other.search(text)), (keywords, text)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a|b)*c", "(ab)+", "a(?=b)", "(?<!a)b", "(?P<n>a)", r"a\1", "a*?", "a++", "[^a]", "a.b"),
        *("[[:alpha:]]", "[a&&b]", "^a", "a$", r"\Aa", r"\pL", "(?x)a b", "a{,3}", "a{5,61}"),
        *("é", "(a", "a)", "[a", "*a", r"\W", r"\b*", "a{3"),
    ],
)
def test_what_engines_read_differently_is_refused(pattern):
    with pytest.raises(ValueError, match=r"\S"):
        parse_pattern(pattern)


def test_a_pattern_out_of_the_subset_is_a_problem_of_the_dataset(folder):
    file = folder / "boilerplate.csv"
    with file.open("a", encoding="utf-8") as opened:
        opened.write("(a |b )*c,name,For the test\n")
    done = CliRunner().invoke(main, ["check"], env={"THREATS_DATA": str(folder)})
    assert done.exit_code == 1
    assert "without a bound" in done.output
