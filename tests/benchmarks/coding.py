"""How good and how fast the coder is.

    python tests/benchmarks/coding.py            scores on the hand-coded passages, and speed
    python tests/benchmarks/coding.py --write    also writes data/coder_scores.csv

The passages are made up in the manner of press releases, and were coded by hand from the codebook
and the definitions without a look at the rules. Rules were tuned on ``tuning.jsonl`` alone.
``held_out.jsonl`` was kept apart and is only scored; ``indirect.jsonl`` too, whose passages tell
their subjects in other than the customary words, where rules by keywords reach their end.
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
TEXTS, CHARACTERS = 10_000, 2_000


def passages(part):
    lines = (HERE / "passages" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def outcomes(part, data):
    """Return right, false and missed codes by kind and id over the passages of a part, and the
    passages whose codes by hand have none that are coded all the same."""
    counts, false_hits = Counter(), []
    for passage in passages(part):
        coded = code(passage["text"], data)
        for kind, found in (("threat", coded.threats), ("response", coded.responses)):
            hand = set(passage[f"{kind}s"])
            machine = {hit.id for hit in found}
            counts.update((kind, key, "right") for key in hand & machine)
            counts.update((kind, key, "false") for key in machine - hand)
            counts.update((kind, key, "missed") for key in hand - machine)
            if machine and not passage["threats"] and not passage["responses"]:
                false_hits.append((passage["id"], sorted(machine)))
    return counts, false_hits


def figures(right, false, missed):
    """Return precision, recall and F1; empty where nothing is there to divide by."""
    precision = right / (right + false) if right + false else None
    recall = right / (right + missed) if right + missed else None
    whole = 2 * right + false + missed
    return precision, recall, 2 * right / whole if whole else None


def scores(data):
    """Print the figures of each part, and return the rows of ``coder_scores.csv``."""
    rows = []
    for part in PARTS:
        counts, false_hits = outcomes(part, data)
        for kind, name in (("threat", "threat_categories"), ("response", "responses")):
            pooled = [
                sum(n for (of, _, what), n in counts.items() if (of, what) == (kind, outcome))
                for outcome in ("right", "false", "missed")
            ]
            told = " ".join(
                f"{label} {value:.3f}"
                for label, value in zip(("P", "R", "F1"), figures(*pooled), strict=True)
            )
            print(f"{part:9} {kind:9} {told}  (right, false, missed: {pooled})")
            for key in data[name].iloc[:, 0]:
                one = [counts[kind, key, outcome] for outcome in ("right", "false", "missed")]
                rows.append(dict(zip(COLUMNS, (kind, key, part, *one), strict=True)))
        print(f"{part:9} texts about nothing that were coded all the same: {false_hits}")
        nothing = sum(not p["threats"] and not p["responses"] for p in passages(part))
        wrong = len({name for name, _ in false_hits})
        counted = ("nothing", "nothing", part, nothing - wrong, wrong, 0)
        rows.append(dict(zip(COLUMNS, counted, strict=True)))
    return rows


COLUMNS = ("kind", "code_id", "part", "right", "false", "missed")


def roles_and_facts(part, data):
    """Print how often role, link and facts agree with those by hand."""
    same, of = Counter(), Counter()
    for passage in passages(part):
        coded = code(passage["text"], data)
        machine = {hit.id: hit for hit in coded.threats}
        for key, role in passage["threats"].items():
            if key in machine:
                of["role"] += 1
                same["role"] += machine[key].role == role
                of["on the agenda"] += 1
                same["on the agenda"] += (machine[key].role == "mentioned") == (role == "mentioned")
                of["pandemic link"] += 1
                same["pandemic link"] += machine[key].pandemic_link == passage["pandemic_link"].get(
                    key, ""
                )
        for name, value in passage["meeting"].items():
            of[name] += 1
            same[name] += name in coded.meeting and coded.meeting[name].value == value
    print(f"{part:9} " + ", ".join(f"{name} {same[name]} of {of[name]}" for name in of))


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
    chosen = parser.parse_args()
    data = threats.load()
    rows = scores(data)
    for part in PARTS:
        roles_and_facts(part, data)
    if chosen.write:
        with (data.folder / "coder_scores.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    if not chosen.no_speed:
        speed(data)


if __name__ == "__main__":
    sys.exit(main())
