"""Changes of a dataset folder: one writer at a time, checked before, all or nothing.

The files that a change replaces are first copied into ``.before``, which is there as long as the
change is not complete. While it is there its copies count and not the files themselves, for readers
and for the next writer. So a writer that is interrupted leaves the folder as it was.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from threats.dataset.csv_files import BEFORE_FOLDER, ReadError, read_dataset_files
from threats.dataset.model import DatasetError
from threats.dataset.validation import validate_files

LOCK_TIMEOUT = 60.0  # seconds that a writer waits for another
_LOCK_FILE = ".lock"
_NEW_FOLDER, _PREPARED_FOLDER, _OLD_FOLDER = ".new", ".prepared", ".old"
Files = dict[str, bytes]


def edit_folder(folder: Path, edit: Callable[[Files], Files], with_problems: bool = False) -> Files:
    """Change files of a dataset folder and return those that were written, by their names.

    ``edit`` gets the content of all files and returns those to replace. ``with_problems`` writes
    them even if the dataset has problems then, for a change that only mends some. Raises
    DatasetError with every problem of the dataset as it would be, and OSError if the folder cannot
    be locked or written; nothing is changed then.
    """
    from filelock import FileLock

    with FileLock(folder / _LOCK_FILE, timeout=LOCK_TIMEOUT):
        _undo_interrupted(folder)
        read = read_dataset_files(folder)
        changed = edit({name: raw for name, raw in read.items() if not isinstance(raw, ReadError)})
        problems = [] if with_problems else validate_files(folder, {**read, **changed})
        if problems:
            raise DatasetError(folder, problems)
        if changed:
            _replace_files(folder, changed)
        return changed


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Write one file, all or nothing."""
    new = path.with_name(f".{path.name}.new")
    try:
        write_durably(new, content)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _replace_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Replace files of a folder, all or nothing."""
    try:
        for kind in (_NEW_FOLDER, _PREPARED_FOLDER):
            (folder / kind).mkdir()
        for name, content in files.items():
            write_durably(folder / _NEW_FOLDER / name, content)
            write_durably(folder / _PREPARED_FOLDER / name, (folder / name).read_bytes())
        _sync_folder(folder / _PREPARED_FOLDER)
        os.replace(folder / _PREPARED_FOLDER, folder / BEFORE_FOLDER)
        _sync_folder(folder)
        for name in files:
            os.replace(folder / _NEW_FOLDER / name, folder / name)
        _sync_folder(folder)
        # From this moment on the new files count.
        os.replace(folder / BEFORE_FOLDER, folder / _OLD_FOLDER)
        _sync_folder(folder)
    except OSError:
        _undo_interrupted(folder)
        raise
    finally:
        for name in (_NEW_FOLDER, _PREPARED_FOLDER, _OLD_FOLDER):
            shutil.rmtree(folder / name, ignore_errors=True)


def _undo_interrupted(folder: Path) -> None:
    """Restore the files of a change that was not completed."""
    before = folder / BEFORE_FOLDER
    if before.is_dir():
        for path in sorted(before.iterdir()):
            content = path.read_bytes()
            if (folder / path.name).read_bytes() != content:
                replace_file(folder / path.name, content)
        shutil.rmtree(before)
    for name in (_NEW_FOLDER, _PREPARED_FOLDER, _OLD_FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder, where its system can say so."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
