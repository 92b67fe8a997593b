"""Words of the release of an edition: its list of changes, and what the command says."""

from collections.abc import Iterable
from typing import Protocol

from threats.format import join
from threats.text.translate import N_, _, ngettext

MAX_NAMED = 8  # rows named in the list of changes

RELEASE_HELP = N_(
    "Release a new edition of the dataset in FOLDER: check it, raise its version, archive it.\n\n"
    "The command compares FOLDER with the archive of the last edition. The first number of the "
    "version rises if ids or columns are dropped, the second if rows are added or dropped, and the "
    "third if only cells changed. The list of changes goes into datapackage.json, and all files "
    "into a ZIP file with a checksum. FOLDER must be open for changes (THREATS_EDIT)."
)
ARCHIVED_MESSAGE = N_("Version {version} is archived in {file}.")
UNCHANGED_MESSAGE = N_("Nothing has changed since version {version}.")
OTHER_FILES_CHANGED = N_("Descriptions or tables about the work on the data changed.")


class _Change(Protocol):
    @property
    def table(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def added(self) -> list[str]: ...
    @property
    def dropped(self) -> list[str]: ...
    @property
    def changed(self) -> list[str]: ...


def changes_sentences(changes: Iterable[_Change]) -> str:
    """Return what changed in each table, with the meetings by name if there are few."""
    sentences = []
    for one in changes:
        parts = [
            _rows(number, added=kind == "added", dropped=kind == "dropped")
            for kind in ("added", "dropped", "changed")
            if (number := len(getattr(one, kind)))
        ]
        sentences.append(_("{title}: {parts}.", title=one.title, parts=join(parts)))
        named = [*one.added, *one.dropped, *one.changed]
        if one.table == "meetings" and len(named) <= MAX_NAMED:
            sentences.append(_("Meetings concerned: {names}.", names=join(named)))
    return " ".join(sentences) or _(OTHER_FILES_CHANGED)


def _rows(number: int, added: bool, dropped: bool) -> str:
    if added:
        return ngettext("{number} row added", "{number} rows added", number)
    if dropped:
        return ngettext("{number} row dropped", "{number} rows dropped", number)
    return ngettext("{number} row changed", "{number} rows changed", number)
