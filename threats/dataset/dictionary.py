"""The data dictionary as Markdown, from the Data Package descriptor."""

from collections.abc import Mapping

from threats.dataset.schema import CODEBOOK_FILE
from threats.text import data_dictionary as words
from threats.text.translate import _


def dictionary_markdown(descriptor: Mapping) -> str:
    """Return the dictionary of a descriptor as Markdown: a table of columns for each file, and the
    numbers of meetings before and after the last change, if the descriptor has them."""
    parts = [
        _(
            words.INTRODUCTION,
            title=descriptor["title"],
            description=descriptor["description"],
            version=descriptor["version"],
            licence=descriptor["licenses"][0]["title"],
        )
    ]
    for resource in descriptor["resources"]:
        heading = {
            "path": resource["path"],
            "title": resource["title"].lower(),
            "description": resource["description"],
            "key": " and ".join(f"`{name}`" for name in resource["schema"]["primaryKey"]),
        }
        parts.append(_(words.TABLE_HEADING, **heading))
        targets = {
            target["fields"][0]: target["reference"]["resource"]
            for target in resource["schema"].get("foreignKeys", ())
        }
        for field in resource["schema"]["fields"]:
            meaning = _column_meaning(field, targets)
            parts.append(f"| `{field['name']}` | {_column_type(field)} | {meaning} |\n")
    return "".join([*parts, *_count_tables(descriptor)])


def _count_tables(descriptor: Mapping) -> list[str]:
    """Return the numbers of meetings before and after the last change, one table a column."""
    change: Mapping = next(iter(descriptor.get("changes", [])[-1:]), {})
    parts = [_(words.COUNTS_HEADING, version=change["version"])] if "counts" in change else []
    for name, rows in change.get("counts", {}).items():
        parts.append(_(words.COUNTS_TABLE, name=name.replace("_", " ")))
        parts += [f"| {value} | {before} | {after} |\n" for value, before, after in rows]
    return parts


def codebook_markdown(files: Mapping[str, bytes]) -> str:
    """Return the rules of coding among the files of a dataset as Markdown; empty if it has none."""
    return files.get(CODEBOOK_FILE, b"").decode("utf-8")


def _column_type(field: Mapping) -> str:
    kind = "date" if field.get("partialDate") else field["type"]
    return words.type_label(kind, field.get("constraints", {}).get("required", False))


def _column_meaning(field: Mapping, targets: Mapping[str, str]) -> str:
    meaning = field["description"].replace("|", "\\|") + "."
    values = field.get("constraints", {}).get("enum", ())
    if values:
        listed = ", ".join(f"`{value}`" for value in values)
        meaning = _(words.ALLOWED_VALUES, meaning=meaning, values=listed)
    if field["name"] in targets:
        file = f"{targets[field['name']]}.csv"
        meaning = _(words.REFERENCE, meaning=meaning, file=file)
    elif "itemsOf" in field:
        file = f"{field['itemsOf'].split('.')[0]}.csv"
        meaning = _(words.REFERENCES, meaning=meaning, file=file)
    if "maxWords" in field:
        meaning = _(words.WORD_LIMIT, meaning=meaning, limit=field["maxWords"])
    if "minWords" in field:
        meaning = _(words.WORD_MINIMUM, meaning=meaning, limit=field["minWords"])
    return meaning
