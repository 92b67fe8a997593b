"""The text of an HTML page, as a browser shows its words."""

import re
from typing import Any

from threats.coding.columns import arrange_text
from threats.coding.encodings import decode_text
from threats.coding.file_text import FileText, UnreadableFileError, join_blocks, notice
from threats.coding.repair import splits_word

# Elements within a line, which can stand within a word.
_INLINE: tuple[str, ...] = (
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "mark",
)
_INLINE += ("q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr", "dfn", "var", "tt")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORD_END = re.compile(r"[^\W\d_]$")
_WORD_START = re.compile(r"^[^\W\d_]")
_MAX_WORD = 40  # characters
MAX_LIST_ITEMS = 200


def extract_html(content: bytes) -> FileText:
    """Return the text of a page: deleted passages are not read, numbers of lists are."""
    import html_text

    text, notices = decode_text(content, is_html=True)
    # lxml takes no declaration of an encoding in a text that is decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        tree = html_text.parse_html(text)
        deleted = _drop_deleted(tree)
        _number_lists(tree)
        _keep_lines(tree)
        _join_words(tree)
        read = join_blocks([html_text.extract_text(tree, guess_punct_space=True)])
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFileError("damaged_html") from error
    if deleted:
        inserted = sum(1 for _ in tree.iter("ins"))
        notices = [*notices, notice("open_changes", inserted=inserted, deleted=deleted)]
    return FileText(read, notices)


def _drop_deleted(tree: Any) -> int:
    """Drop what a page marks as deleted, and return how many passages."""
    deleted = list(tree.iter("del"))
    for element in deleted:
        element.drop_tree()
    for element in list(tree.iter("template", "noscript")):
        element.drop_tree()
    return len(deleted)


def _number_lists(tree: Any) -> None:
    """Write the numbers of numbered lists, which a browser shows, into their items."""
    for numbered in tree.iter("ol"):
        start = numbered.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
        for number, item in enumerate(numbered.findall("li")[:MAX_LIST_ITEMS], first):
            item.text = f"{number}. {(item.text or '').lstrip()}"


def _keep_lines(tree: Any) -> None:
    """Write the line ends of text that is laid out by blanks as elements, and put its columns in
    reading order."""
    for laid_out in tree.iter("pre", "textarea"):
        if not len(laid_out):
            first, *lines = arrange_text(laid_out.text or "").split("\n")
            laid_out.text = first
            for line in lines:
                end = laid_out.makeelement("br", {})
                end.tail = line
                laid_out.append(end)


def _join_words(tree: Any) -> None:
    """Drop the marks within words, at which the text would be parted: T<b>error</b>ism."""
    for element in list(tree.iter(*_INLINE)):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "sup" and (element.text or "").strip().isdigit() and not len(element):
            element.text = (element.text or "").strip().translate(_RAISED)
            element.drop_tag()
            continue
        previous = element.getprevious()
        before = (parent.text if previous is None else previous.tail) or ""
        after = element.tail or ""
        inside = "".join(element.itertext()) if len(element) else element.text or ""
        apart = before or previous is None or previous.tag not in _INLINE
        split = element.tag == "wbr" or _touch(before, inside) or _touch(inside, after)
        if not apart and previous is not None:
            touching = "".join(previous.itertext())[-_MAX_WORD:].rpartition(" ")[2]
            split |= splits_word(touching, inside[:_MAX_WORD].partition(" ")[0])
            if split:
                previous.drop_tag()
        if split:
            element.drop_tag()


def _touch(before: str, after: str) -> bool:
    """Return whether two texts, one of them outside an element, are parts of one word."""
    if not (_WORD_END.search(before[-1:]) and _WORD_START.search(after[:1])):
        return False
    return after[0].islower() or (before[-1].isupper() and after[:2].isupper())
