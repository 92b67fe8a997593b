"""Words of the robustness checks: how meetings are counted, and how findings come out."""

from collections.abc import Sequence

from threats.format import join, percent
from threats.text.findings import difference_phrase  # noqa: F401 (a verdict shows it)
from threats.text.quantities import count_of, format_meetings
from threats.text.translate import N_, _, ngettext
