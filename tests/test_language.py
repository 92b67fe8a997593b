"""What readers read is plain English: common words, one idea a sentence, short sentences.

To hold more texts to these rules add a pattern of files to ``SOURCES`` with the function that takes
the passages out of such a file.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
MAX_MEAN_WORDS = 20
MAX_WORDS = 45


class Passage(NamedTuple):
    """A paragraph, list item, table cell or heading, and the line on which it starts.

    Only ``prose`` is measured: headings and cells are short and would lower the mean.
    """

    line: int
    text: str
    prose: bool


def markdown(text: str) -> Iterator[Passage]:
    """Return the passages of a Markdown file as a reader sees them, without code."""
    block: list[str] = []
    start, fenced = 0, False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        bare = "" if fenced or line.lstrip().startswith("```") else line.strip()
        apart = bare.startswith(("#", "|")) or not bare
        item = re.match(r"([-*+]|\d+\.) ", bare)
        if block and (apart or item):
            yield Passage(start, _shown(" ".join(block)), prose=True)
            block = []
        if bare.startswith("|"):
            yield from (Passage(number, _shown(cell), prose=False) for cell in bare.split("|"))
        elif bare.startswith("#"):
            yield Passage(number, _shown(bare.lstrip("# ")), prose=False)
        elif bare:
            start = start if block else number
            block.append(bare[item.end() :] if item else bare)


def _shown(text: str) -> str:
    """Return Markdown as its words: code becomes one word, and a link or picture its text."""
    text = re.sub(r"`[^`]+`", "CODE", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"https?://\S+", "ADDRESS", text).replace("*", "").strip()


def messages(text: str) -> Iterator[Passage]:
    """Return the messages of a module of ``threats.text``, as a reader sees them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "N_", "ngettext"):
            for argument in node.args[: 2 if ast.unparse(node.func) == "ngettext" else 1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    said = _shown(re.sub(r"\{\w+\}", "X", argument.value))
                    yield Passage(argument.lineno, said, prose=said.endswith((".", "?")))


def docstrings(text: str) -> Iterator[Passage]:
    """Return the docstrings of a module; ``code`` in them becomes one word."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, documented) and ast.get_docstring(node):
            said = re.sub(r"``[^`]+``", "CODE", ast.get_docstring(node) or "")
            yield Passage(node.body[0].lineno, _shown(" ".join(said.split())), prose=False)


# Modules whose docstrings follow the rules.
CLEAN_DOCSTRINGS = (
    "threats/app/**/*.py",
    "threats/server/**/*.py",
    "threats/cli/*.py",
    "threats/format.py",
    "threats/text/*.py",
    "threats/content/*captions.py",
    "threats/content/findings.py",
    "threats/content/robustness.py",
)
SOURCES: dict[str, Callable[[str], Iterator[Passage]]] = {
    "README.md": markdown,
    "docs/*.md": markdown,
    "SECURITY.md": markdown,
    "deploy/README.md": markdown,
    "CHANGELOG.md": markdown,
    "threats/text/*.py": messages,
}
FILES = {
    str(path.relative_to(ROOT)) + ending: [
        passage for passage in read(path.read_text(encoding="utf-8")) if passage.text
    ]
    for ending, sources in (
        ("", SOURCES),
        (" docstrings", dict.fromkeys(CLEAN_DOCSTRINGS, docstrings)),
    )
    for pattern, read in sources.items()
    for path in sorted(ROOT.glob(pattern))
}

# Each pattern, without regard to case, and what to write instead.
BANNED = {
    r"\btold\b": "says, stated, known, distinguished",
    r"\btell(s|ing)? (\w+ )?(apart|from)\b": "distinguish",
    r"\bst(and|ands|ood|anding) (in|at|on|for|behind|under|beside|there|as|with)\b": "is, means",
    r"\bheld to be\b": "counts as",
    r"\b(change|trend|finding|difference|result)s? (that )?(still )?holds?\b": "is significant",
    r"\bknown of\b": "known",
    r"\bleft aside\b": "ignored",
    r"\b(put|puts|putting) (right|back|together)\b": "corrected, included, combined",
    r"\b(take|takes|taken|took|taking) (\w+ )?along\b": "download",
    r"\bgo(es)? along\b": "stays the same",
    r"\banew\b": "again",
    r"\bof (its|his|her|their) own\b": "its own",
    r"\b(whoever|whomever|whosoever)\b": "anyone who, users who",
    r"\bwhat is called\b": "the name",
    r"\bwho (asks|asked|would|sends|writes|waits)\b(?![^.]*\?)": "client, reader, user",
    r"\baskers?\b": "client",
    r"\bbut for\b": "except",
    r"\bmend(s|ed|ing)?\b": "fix, correct",
    r"\bas it comes\b": "by default",
    r"\bas it stands\b": "unchanged",
    r"\bas is (asked|known)\b": "as requested",
    r"\bfenced in\b": "sandboxed",
    r"\bbroken off\b": "interrupted",
    r"\bgoes on\b": "resumes, continues",
    r"\b(lead|leads|led) back\b": "redirects, returns",
    r"\bparted by\b": "separated by",
    r"\bput back\b": "included",
    r"\bwhere there (is|are|was)\b": "if there is",
    r"\bmake-up\b": "composition",
    r"\b\d+ signs\b": "characters",
    r"\b(beside|besides)\b": "next to, also",
    r"\d %": "25%, without a space",
    # One word for one thing.
    r"(?<!Threat )\bthemes?\b": "threat",
    r"\beras?\b": "period",
    r"\bfrom elsewhere\b": "from outside",
    # Verbs that a sentence turns around its subject.
    r"(^|[.:] )(Gathered|Coded|Known|Shown|Counted|Mended|Left out) (is|are|was|were)\b": "say who",
}
# Sentences that begin with a free relative ("What is known stays") and are no question.
RELATIVE = re.compile(r"(Who|Whoever|What|Whatever|Where|Wherever)\b[^?]*$")
# Exceptions: a file, and phrases of it that the search skips. Keep this list short.
ALLOWED = {
    "docs/use.md": ["light and the dark theme"],
    "docs/architecture.md": ["in both themes"],
}


# What the code calls by another name than a reader.
CODE_TERMS = {r"\beras?\b"}


def sentences(text: str) -> list[str]:
    """Return the sentences of a passage; a colon or semicolon ends none."""
    return [part for part in re.split(r"(?<=[.!?])[\"”)]?\s+(?=[\"“(]?[A-Z0-9†`])", text) if part]


def words(sentence: str) -> int:
    """Return the number of words: what has a letter or digit in it."""
    return sum(any(sign.isalnum() for sign in part) for part in sentence.split())


@pytest.mark.parametrize("name", FILES)
def test_no_word_that_a_second_language_reader_misses(name):
    found = []
    for line, text, _ in FILES[name]:
        for allowed in ALLOWED.get(name, ()):
            text = text.replace(allowed, "")
        found += [
            f"{name}:{line} “{match[0]}”: write {instead}"
            for pattern, instead in BANNED.items()
            if not (name.endswith(" docstrings") and pattern in CODE_TERMS)
            for match in re.finditer(pattern, text, re.IGNORECASE)
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", FILES)
def test_no_statement_starts_with_a_free_relative(name):
    found = [
        f"{name}:{line} {sentence}"
        for line, text, prose in FILES[name]
        for sentence in sentences(text)
        if prose and RELATIVE.match(sentence)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_short(name):
    long = [
        f"{name}:{line} {words(sentence)} words: {sentence}"
        for line, text, _ in FILES[name]
        for sentence in sentences(text)
        if words(sentence) > MAX_WORDS
    ]
    assert not long, "\n".join(long)
    lengths = [words(s) for _, text, prose in FILES[name] if prose for s in sentences(text)]
    assert sum(lengths) <= MAX_MEAN_WORDS * len(lengths)


def test_every_exception_is_still_needed():
    texts = {name: " ".join(passage.text for passage in FILES[name]) for name in ALLOWED}
    unused = [part for name, parts in ALLOWED.items() for part in parts if part not in texts[name]]
    assert not unused


@pytest.mark.parametrize(
    "text",
    [
        "Whoever asks is told so.",
        "The figures stand in the table.",
        "What was left aside is put right.",
        "It has 43 signs and a process of its own.",
        "Gathered were 402 meetings, 25 % of all.",
    ],
)
def test_the_rules_find_what_they_are_made_for(text):
    assert any(re.search(pattern, text, re.IGNORECASE) for pattern in BANNED)


def test_markdown_is_read_as_its_words():
    text = "# Title\n\nOne `code x` and\n[a link](b.md).\n\n- item\n\n```\ntold\n```\n\n| a | b |\n"
    assert [(p.line, p.text, p.prose) for p in markdown(text) if p.text] == [
        (1, "Title", False),
        (3, "One CODE and a link.", True),
        (6, "item", True),
        (12, "a", False),
        (12, "b", False),
    ]
