"""A quick proof that cells are good never succeeds where the exact checks find a problem."""

from hypothesis import given, settings
from hypothesis import strategies as st

from threats.dataset.csv_files import RawTable, parse_tables
from threats.dataset.quick_checks import follows_schema, is_plain_column
from threats.dataset.schema import shipped_descriptor
from threats.dataset.table_checks import _schema_errors
from threats.dataset.validation import _field_problems

RESOURCES = {resource["name"]: resource for resource in shipped_descriptor()["resources"]}
KINDS = ("type", "constraints", "maxWords", "minWords", "partialDate", "itemsOf", "patterns")
FIELDS = {
    str([field.get(key) for key in KINDS]): field
    for resource in RESOURCES.values()
    for field in resource["schema"]["fields"]
}
FIELD = st.sampled_from(list(FIELDS.values()))
patient = settings(deadline=None, max_examples=500)
STRANGE = [
    *("", "0", "-1", "7", "2020", "1_000", "١٠", "1.5", "1e3", "NaN", "inf", " 3", "9" * 30, "+1"),
    *("a", "a b", "a  b", " a", "a\n", "a\tb", "a\u2028b", "a;b", "x;=1", "=1", "x\n=1", "-5", "@"),
    *("a\x07", "a\u202eb", "w " * 60 + "w", "x" * 10_001, "2020-02-30", "2020-13", "2020-1-1"),
    *("http://", "https:///x", "https://a.example", "https://a.example/>)", "https://[::1", "a\\b"),
    *("https://a.example:0/", "https://a.example/\x07", "https://-/", "https://./", "javascript:x"),
]
CELLS = st.one_of(
    st.sampled_from(STRANGE),
    st.text(max_size=12),
    st.from_regex(r"https?://[!-~]{0,20}", fullmatch=True),
    st.text(alphabet="ab12-_.;,= \n\t\"'", max_size=12),
)


@patient
@given(field=FIELD, cells=st.sets(CELLS, min_size=1, max_size=3))
def test_a_plain_column_has_no_problem(field, cells):
    if is_plain_column(field, cells):
        assert not [text for cell in cells for text in _field_problems(field, cell, None)]


@patient
@given(field=FIELD, cells=st.lists(CELLS, min_size=1, max_size=3, unique=True))
def test_a_column_that_follows_its_schema_has_no_error(field, cells):
    schema = {"fields": [field], "missingValues": [""]}
    rows = [(line, {field["name"]: cell}) for line, cell in enumerate(filter(None, cells), 2)]
    table = RawTable([field["name"]], rows)
    if follows_schema(schema, table):
        assert not _schema_errors(schema, table)


@patient
@given(
    key=st.sampled_from([["a"], ["a", "b"], ["a", "n"], []]),
    rows=st.lists(st.tuples(*[st.sampled_from(["", "1", "x"])] * 3), min_size=1, max_size=4),
)
def test_a_table_with_a_good_key_has_no_error(key, rows):
    kinds = {"a": "string", "b": "string", "n": "integer"}
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    schema = {"fields": fields, "primaryKey": key, "missingValues": [""]}
    rows = [row for row in rows if any(row)]
    table = RawTable(
        [*kinds], [(n, dict(zip(kinds, row, strict=True))) for n, row in enumerate(rows, 2)]
    )
    if rows and follows_schema(schema, table):
        assert not _schema_errors(schema, table)


def test_the_shipped_tables_are_proved_good(data):
    tables, _ = parse_tables(data.files, shipped_descriptor())
    assert all(follows_schema(RESOURCES[name]["schema"], table) for name, table in tables.items())
