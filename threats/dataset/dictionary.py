"""The data dictionary in words, made from the Data Package descriptor."""

from collections.abc import Mapping

from threats.dataset.schema import CODEBOOK_FILE

_INTRODUCTION = """# {title}: data dictionary

{description} Version {version}, {licence}.

This page is made from `datapackage.json` by `threats dictionary`; edit that file, not this one.
Files are plain: UTF-8, commas, lines ending in LF, sorted by their key where the table is not a
vocabulary. A cell that is empty is unknown, never zero. Ids are parted by `;` in a list. Every
fact row has the public page from which it was read; every phrase is written in our own words.
Vocabularies (series, threats, responses, regions, organizations) hold our own definitions, and
breaks tell how the data were made.
`threats check` holds all this.
"""


def dictionary_markdown(descriptor: Mapping) -> str:
    """Return the dictionary of a descriptor as Markdown: a table of columns for each file."""
    parts = [
        _INTRODUCTION.format(
            title=descriptor["title"],
            description=descriptor["description"],
            version=descriptor["version"],
            licence=descriptor["licenses"][0]["title"],
        )
    ]
    for resource in descriptor["resources"]:
        key = " and ".join(f"`{name}`" for name in resource["schema"]["primaryKey"])
        parts.append(
            f"\n## {resource['path']}: {resource['title'].lower()}\n\n{resource['description']} "
            f"Key: {key}.\n\n| column | type | meaning |\n| --- | --- | --- |\n"
        )
        targets = {
            target["fields"][0]: target["reference"]
            for target in resource["schema"].get("foreignKeys", ())
        }
        for field in resource["schema"]["fields"]:
            parts.append(
                f"| `{field['name']}` | {_type_label(field)} | {_column_meaning(field, targets)} |\n"
            )
    return "".join(parts)


def codebook_markdown(files: Mapping[str, bytes]) -> str:
    """Return the rules of coding among the files of a dataset as Markdown; empty if it has none."""
    return files.get(CODEBOOK_FILE, b"").decode("utf-8")


def _type_label(field: Mapping) -> str:
    kind = "list" if field["type"] == "list" else field["type"]
    if field.get("partialDate"):
        kind = "date or part of one"
    elif field["type"] == "string":
        kind = "text"
    required = field.get("constraints", {}).get("required")
    return f"{kind}, required" if required else kind


def _column_meaning(field: Mapping, targets: Mapping) -> str:
    meaning = field["description"].replace("|", "\\|") + "."
    if "enum" in field.get("constraints", {}):
        meaning += " One of " + ", ".join(f"`{v}`" for v in field["constraints"]["enum"]) + "."
    if field["name"] in targets:
        target = targets[field["name"]]
        meaning += f" An id of `{target['resource']}.csv`."
    elif "itemsOf" in field:
        meaning += f" Ids of `{field['itemsOf'].split('.')[0]}.csv`."
    if "maxWords" in field:
        meaning += f" At most {field['maxWords']} words."
    return meaning
