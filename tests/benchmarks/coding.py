"""How good and how fast the coder is.

    python tests/benchmarks/coding.py                  scores on hand-coded passages, and speed
    python tests/benchmarks/coding.py --texts FOLDER   also scores on real texts in this folder
    python tests/benchmarks/coding.py --write          also writes data/coder_scores.csv

The passages are made up in the manner of press releases, and were coded by hand from the codebook
and the definitions without a look at the rules. Rules were tuned on ``tuning.jsonl`` alone.
``held_out.jsonl`` was kept apart and is only scored; ``indirect.jsonl`` too, whose passages tell
their subjects in other than the customary words, where rules by keywords reach their end.

``real.jsonl`` has the addresses and codes of real pages, not their texts. FOLDER has each text as
``ID.txt``: the address in the first line, then the page as it was seen. The pages of
``real_held_out`` were coded twice from the codebook alone; a code counts if two of three readings
have it: these two and the rows of the dataset. Pages of other subjects have no codes.
"""

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import threats
from threats.coding.coder import code
from threats.coding.document import parse_document
from threats.coding.rules import compile_rules, match_rules

HERE = Path(__file__).parent
PARTS = ("tuning", "held_out", "indirect")
REAL_PARTS = ("real_tuning", "real_held_out")
TEXTS, CHARACTERS = 10_000, 2_000
RESAMPLES = 1_000
# What the person who saved a page noted in it.
SAVERS_NOTE = re.compile(r"\[(?:cut|end of [^\]]*|menu left out|[^\]]{30,})\]")


def read_lines(name):
    lines = (HERE / "passages" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def passages(part, folder=None):
    """Return the passages of a part; those of a real part are read from a folder."""
    if part in PARTS:
        return read_lines(part)
    pages = [page for page in read_lines("real") if page["part"] == part]
    for page in pages:
        _address, text = (folder / f"{page['id']}.txt").read_text(encoding="utf-8").split("\n", 1)
        page["text"] = SAVERS_NOTE.sub("", text).strip()
    return pages


def outcomes(some, data):
    """Return for each passage the right, false and missed codes by kind and id."""
    counted = []
    for passage in some:
        coded, counts = code(passage["text"], data), Counter()
        for kind, found in (("threat", coded.threats), ("response", coded.responses)):
            hand = set(passage[f"{kind}s"])
            machine = {hit.id for hit in found}
            counts.update((kind, key, "right") for key in hand & machine)
            counts.update((kind, key, "false") for key in machine - hand)
            counts.update((kind, key, "missed") for key in hand - machine)
        counted.append(counts)
    return counted


def figures(right, false, missed):
    """Return precision, recall and F1; empty where nothing is there to divide by."""
    precision = right / (right + false) if right + false else None
    recall = right / (right + missed) if right + missed else None
    whole = 2 * right + false + missed
    return precision, recall, 2 * right / whole if whole else None


def pooled(counted, kind):
    """Return the right, false and missed codes of a kind over passages."""
    return [
        sum(n for counts in counted for (of, _, what), n in counts.items() if (of, what) == one)
        for one in ((kind, "right"), (kind, "false"), (kind, "missed"))
    ]


def interval(counted, kind):
    """Return the 95 % interval of F1, by resampling passages."""
    order = random.Random(20261130)
    each = [pooled([counts], kind) for counts in counted]
    values = sorted(
        figures(*map(sum, zip(*order.choices(each, k=len(each)), strict=True)))[2] or 0
        for _ in range(RESAMPLES)
    )
    return values[RESAMPLES // 40], values[-RESAMPLES // 40]


def scores(data, folder=None):
    """Print the figures of each part, and return the rows of ``coder_scores.csv``: those of real
    parts only if a folder with their texts is given."""
    rows = []
    for part in (*PARTS, *(REAL_PARTS if folder else ())):
        some = passages(part, folder)
        counted = outcomes(some, data)
        for kind, name in (("threat", "threat_categories"), ("response", "responses")):
            whole = pooled(counted, kind)
            told = " ".join(
                f"{label} {value:.3f}"
                for label, value in zip(("P", "R", "F1"), figures(*whole), strict=True)
            )
            low, high = interval(counted, kind)
            print(f"{part:13} {kind:9} {told} [{low:.3f}, {high:.3f}]", end=" ")
            print(f"(right, false, missed: {whole})")
            sums = sum(counted, Counter())
            for key in data[name].iloc[:, 0]:
                one = [sums[kind, key, outcome] for outcome in ("right", "false", "missed")]
                rows.append(dict(zip(COLUMNS, (kind, key, part, *one), strict=True)))
        nothing = [
            (passage["id"], sorted(f"{kind} {key}" for kind, key, _ in counts))
            for passage, counts in zip(some, counted, strict=True)
            if not passage["threats"] and not passage["responses"]
        ]
        coded = [(name, codes) for name, codes in nothing if codes]
        print(f"{part:13} of {len(nothing)} texts about nothing these were coded: {coded}")
        told = ("nothing", "nothing", part, len(nothing) - len(coded), len(coded), 0)
        rows.append(dict(zip(COLUMNS, told, strict=True)))
    return rows


COLUMNS = ("kind", "code_id", "part", "right", "false", "missed")


def roles_and_facts(part, data, folder=None):
    """Print how often role, link and facts agree with those by hand."""
    same, of = Counter(), Counter()
    for passage in passages(part, folder):
        coded = code(passage["text"], data)
        machine = {hit.id: hit for hit in coded.threats}
        for key, role in passage["threats"].items():
            if key in machine:
                of["role"] += 1
                same["role"] += machine[key].role == role
                of["on the agenda"] += 1
                same["on the agenda"] += (machine[key].role == "mentioned") == (role == "mentioned")
                if part in PARTS:
                    link = passage["pandemic_link"].get(key, "")
                    of["pandemic link"] += 1
                    same["pandemic link"] += machine[key].pandemic_link == link
        for name, value in passage.get("meeting", {}).items():
            of[name] += 1
            same[name] += name in coded.meeting and coded.meeting[name].value == value
    print(f"{part:13} " + ", ".join(f"{name} {same[name]} of {of[name]}" for name in of))


def made_up_texts():
    """Return texts of the length of archived excerpts, each of two or three passages one after the
    other, the same each time."""
    order = random.Random(20261125)
    every = [passage["text"] for part in PARTS for passage in passages(part)]
    texts = []
    for _ in range(TEXTS):
        text = ""
        while len(text) < CHARACTERS:
            text += order.choice(every) + "\n"
        texts.append(text[:CHARACTERS])
    return texts


def speed(data):
    """Print characters a second of processor time of the coder, of its search alone, of plain
    ``re`` over the same rules, and of one word sought by ``re`` (the floor)."""
    texts, rules = made_up_texts(), compile_rules(data)
    patterns = [
        (number, re.compile(rf"\b(?:{pattern})\b".encode(), re.IGNORECASE))
        for number, rule in enumerate(rules.rules)
        for pattern in rule.patterns
    ]
    word = re.compile(rb"\bterrorism\b", re.IGNORECASE)
    ready = [parse_document(text, rules.standing) for text in texts]
    ready = [read.folded for read in ready]
    timed = {
        "coder": (lambda text: code(text, data), texts),
        "its search alone": (lambda text: match_rules(text, rules), ready),
        "plain re, same rules": (
            lambda text: [pattern.findall(text) for _, pattern in patterns],
            ready[:100],
        ),
        "one word by re": (word.findall, ready),
    }
    seconds = {}
    for name, (function, some) in timed.items():
        for text in some[:200]:
            function(text)  # warm
        start = time.process_time()
        for text in some:
            function(text)
        seconds[name] = (time.process_time() - start) / len(some)
    floor = seconds["one word by re"]
    for name, each in seconds.items():
        print(
            f"{name:21} {each * 1e6:8.0f} µs a text, {CHARACTERS / each / 1e6:7.2f} MB/s, "
            f"{each / floor:6.1f} times the floor"
        )
    # The compared ways find the same: what occurs for one occurs for the other.
    for text in ready[:200]:
        one = {number for number, pattern in patterns if pattern.search(text)}
        other = {n for n in rules.occurring.Match(text) or () if n < len(rules.rules)}
        assert one == other, text


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write data/coder_scores.csv")
    parser.add_argument("--no-speed", action="store_true", help="scores only")
    parser.add_argument("--texts", type=Path, help="folder with the texts of real pages")
    chosen = parser.parse_args()
    data = threats.load()
    rows = scores(data, chosen.texts)
    for part in (*PARTS, *(REAL_PARTS if chosen.texts else ())):
        roles_and_facts(part, data, chosen.texts)
    if chosen.write:
        write_scores(rows, data.folder / "coder_scores.csv")
    if not chosen.no_speed:
        speed(data)


def write_scores(rows, path):
    """Write scores; rows of real texts that were not scored now stay as they are."""
    scored = {row["part"] for row in rows}
    with path.open(encoding="utf-8") as file:
        kept = [row for row in csv.DictReader(file) if row["part"] not in scored]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows + kept)


if __name__ == "__main__":
    sys.exit(main())
