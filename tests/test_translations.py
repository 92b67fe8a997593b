"""The catalogues of translators: complete placeholders and plural forms, no HTML, and all messages
of the program; and no visible text that a translation cannot reach."""

import ast
import re
import shlex
import string
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from threats.content.builder import build_item, parse_page_options
from threats.content.model import Chart, cached_figure
from threats.content.pages import PAGES
from threats.content.registry import SENTENCE_SPECS, items_on
from threats.content.threat import threat_terms_table
from threats.language import LANGUAGES, ReaderLanguage, speaking
from threats.stats.filters import Selection
from threats.stats.selection import select
from threats.text import translate
from threats.text.translate import forms_of, read_catalogue, translated_languages

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "threats" / "text" / "locale" / "threats.pot"
CATALOGUES = [one for one in translated_languages() if one != "en"]
OPEN, CLOSE = "⟦", "⟧"
# Titles of meetings and sources, evidence and notes of rows: they stay in English.
DATA_COLUMNS = {
    "Meeting", "Topic", "Evidence", "Reported during the pandemic", "What changed", "Publisher",
    "Licence", "Limits", "Source", "File", "View", "Place", "Date", "Content", "Text", "Version",
    "Meetings of", "Source file", "Copy read at",
    "publisher", "licence", "source_file", "country", "Country",
}  # fmt: skip


def template():
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def keys(catalogue):
    return {(one.context, one.id) for one in catalogue if one.id}


def placeholders(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_the_template_has_the_messages_of_the_program(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    command = next(line for line in lines if "pybabel -q extract" in line)
    words = shlex.split(command.strip().removeprefix("$(BIN)/"))
    words[words.index("-o") + 1] = str(tmp_path / "threats.pot")
    CommandLineInterface().run(words)
    with (tmp_path / "threats.pot").open("rb") as file:
        assert keys(read_po(file)) == keys(template()), "run make messages"


def messages_in(path):
    """Yield the messages of a module, however the calls are nested."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            number = {"_": 1, "N_": 1, "ngettext": 2}.get(node.func.id, 0)
            texts = [a.value for a in node.args[:number] if isinstance(a, ast.Constant)]
            if texts and len(texts) == number and texts[0]:
                yield tuple(texts) if number == 2 else texts[0]


def test_no_message_is_overlooked_where_calls_are_nested():
    known = {one.id for one in template()}
    known |= {one[0] for one in known if isinstance(one, tuple)}
    left_out = re.findall(r"ignore: (\S+)]", (ROOT / "babel.cfg").read_text(encoding="utf-8"))
    left_out = [pattern.replace("**.py", "**/*.py") for pattern in left_out]
    modules = set((ROOT / "threats").rglob("*.py")).difference(*map(ROOT.glob, left_out))
    found = [message for path in sorted(modules) for message in messages_in(path)]
    assert len(found) > 1000
    assert [message for message in found if message not in known] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_has_every_message_and_no_other(language):
    assert keys(read_catalogue(language)) == keys(template()), "run make messages"


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_has_the_placeholders_of_its_message(language):
    for message in read_catalogue(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        needed = set.intersection(*map(placeholders, ids))
        for form in filter(None, forms_of(message) if message.id else []):
            # A form for one thing may leave out its number.
            assert needed - {"number"} <= placeholders(form), (message.id, form)
            assert placeholders(form) <= set().union(*map(placeholders, ids)), (message.id, form)
            # With the same forms of numbers, such as two decimals.
            specs = [set(re.findall(r"\{\w+(:[^}]+)\}", text)) for text in (form, ids[0])]
            assert specs[0] == specs[1], (message.id, form)


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_translation_has_every_plural_form_or_none_and_no_html(language):
    catalogue = read_catalogue(language)
    for message in catalogue:
        if not message.id:
            continue
        forms = forms_of(message)
        if isinstance(message.id, tuple):
            assert len(forms) == catalogue.num_plurals, message.id
        assert all(forms) or not any(forms), message.id
        for form in forms:
            assert not re.search(r"</?[a-z]+[^>]*>|&[a-z]+;", form), form
            first = message.id if isinstance(message.id, str) else message.id[0]
            assert not form or form[:1].isspace() == first[:1].isspace(), form
            assert not form or form.count("**") == first.count("**"), form


def test_russian_has_three_plural_forms(tmp_path, monkeypatch):
    catalogue = Catalog(locale="ru")
    forms = ("{number} встреча", "{number} встречи", "{number} встреч")
    catalogue.add(("{number} meeting", "{number} meetings"), forms[: catalogue.num_plurals])
    write(catalogue, tmp_path, "ru")
    monkeypatch.setattr(translate, "LOCALE_FOLDER", tmp_path)
    with speaking(ReaderLanguage("ru")):
        said = [
            translate.ngettext("{number} meeting", "{number} meetings", number)
            for number in (1, 2, 5, 21, 1204)
        ]
    assert said == ["1 встреча", "2 встречи", "5 встреч", "21 встреча", "1\xa0204 встречи"]


def write(catalogue, folder, language):
    path = folder / language / "LC_MESSAGES" / "threats.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)


@pytest.fixture
def pseudo(tmp_path, monkeypatch):
    """Speak a language in which every message is in brackets."""
    catalogue = Catalog(locale="it")
    for message in template():
        if isinstance(message.id, tuple):
            singular, plural = (f"{OPEN}{one}{CLOSE}" for one in message.id)
            forms = (singular, *[plural] * (catalogue.num_plurals - 1))
            catalogue.add(message.id, forms, context=message.context)
        elif message.id:
            catalogue.add(message.id, f"{OPEN}{message.id}{CLOSE}", context=message.context)
    write(catalogue, tmp_path, "it")
    monkeypatch.setattr(translate, "LOCALE_FOLDER", tmp_path)
    with speaking(ReaderLanguage("it")):
        yield


def outside(text):
    """Return the words of a text that are in no brackets."""
    depth, kept = 0, []
    for sign in re.sub(r"<[^>]+>|%\{[^}]+\}", "", text):
        depth += (sign == OPEN) - (sign == CLOSE)
        kept.append(sign if depth == 0 and sign != CLOSE else "")
    return re.findall(r"[A-Za-z]{3,}", "".join(kept))


def texts_of(item):
    """Yield all that a reader sees of an item, with the place where it is."""
    if isinstance(item, Chart):
        yield from ((part, getattr(item, part)) for part in ("title", "subtitle", "alt"))
        yield from (("note", note) for note in item.all_notes)
        yield from labels_of(cached_figure(item).to_plotly_json())
    elif isinstance(item, pd.DataFrame):
        for name in item:
            if not str(name).endswith("_id") and name not in DATA_COLUMNS:
                yield from ((str(name), one) for one in item[name] if isinstance(one, str))
    else:
        yield from (("sentence", str(one)) for one in item)


def labels_of(part, name=""):
    """Yield the texts of a figure: labels of axes, of marks and of the pointer."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in ("template", "customdata", "meta", "uid", "type", "font"):
                yield from labels_of(value, key)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from labels_of(value, name)
    elif isinstance(part, str) and name in ("text", "ticktext", "hovertext", "hovertemplate"):
        yield name, part


# Codes of countries on their tiles, milestones in a span of dates, and names that stay as they are.
KEPT_WORDS = re.compile(
    r"[A-Z]{3}|https?|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|"
    r"novembre|dicembre|and|Uzbekistan"
)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_no_visible_text_of_a_page_escapes_translation(page, data, pseudo):
    selected = select(data, Selection())
    params = {"threat": ["terrorism"], "country": ["UZB"], "series": ["bsmnfp"]}
    values, _problems = parse_page_options(page, params, selected)
    sentences = [spec for spec in SENTENCE_SPECS.values() if spec.page == page]
    escaped = [
        (spec.name, place, text[:120])
        for spec in (*items_on(page), *sentences)
        if (item := build_item(spec, selected, values)) is not None
        for place, text in texts_of(item)
        if any(not KEPT_WORDS.fullmatch(word) for word in outside(text))
    ]
    assert escaped == []


def numbers(text, decimal, group):
    """Return the numbers of a text, in order of size, whatever signs its language has."""
    text = re.sub(rf"(?<=\d)[{group}](?=\d{{3}})", "", text)
    return sorted(re.findall(r"\d+(?:\.\d+)?", text.replace(decimal, "."))) if text else []


@pytest.mark.slow
@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("region", [(), ("central_asia",)])
def test_the_numbers_of_a_sentence_are_the_same_in_every_language(language, region, data):
    selected = select(data, Selection(region=region))
    signs = (",", "." if language in ("de", "it", "es") else "\xa0\u202f")
    for page in ("overview", "trends", "covid"):
        values, _problems = parse_page_options(page, {}, selected)
        for spec in items_on(page):
            english = build_item(spec, selected, values)
            if isinstance(english, Chart):
                with speaking(ReaderLanguage(language)):
                    other = build_item(spec, selected, values)
                ours, theirs = (f"{one.subtitle}. {one.alt}" for one in (english, other))
                assert other is not english
                # Lists of numbers have commas in English, so only the digits of each count.
                assert digits(numbers(theirs, *signs)) == digits(numbers(ours, ".", ",")), theirs


def digits(found):
    return sorted("".join(found))


def test_every_language_has_a_name_in_itself():
    assert list(LANGUAGES) == ["en", "fr", "de", "it", "ru", "es"]
    assert LANGUAGES["ru"] == "Русский"


def test_the_page_of_a_threat_has_the_official_terms_of_the_readers_language(data):
    selected = select(data, Selection(threat=("organized_crime",)))
    english = threat_terms_table(selected)
    with speaking(ReaderLanguage("it")):
        italian = threat_terms_table(selected)
    added = italian.iloc[len(english) :].to_numpy().tolist()
    assert [row[1] for row in added] == ["criminalità organizzata"]
    assert added[0][2].startswith("https://eur-lex.europa.eu/")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["trends", "covid", "regions", "responses", "overview", "data"])
def test_captions_in_russian_have_no_english_word(page, data):
    selected = select(data, Selection())
    with speaking(ReaderLanguage("ru")):
        values, _problems = parse_page_options(page, {}, selected)
        charts = [build_item(spec, selected, values) for spec in items_on(page)]
    told = " ".join(chart.alt for chart in charts if isinstance(chart, Chart))
    assert set(re.findall(r"[A-Za-z]{4,}", told)) <= {"COVID", "UNODC", "INTERPOL", "Europol"}
    assert "г.." not in told


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_translation_is_left_out_as_fuzzy(language):
    assert [one.id for one in read_catalogue(language) if one.fuzzy and one.id] == []
