"""The rule by which a mention of a threat counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CountRule:
    """Which mentions count.

    ``role`` is ``agenda`` for threats that were the main subject or discussed, ``focus`` for the
    main subject only, ``any`` for passing mentions as well. Figures of the pandemic exclude
    meetings that only the search for pandemic words found, unless ``pandemic_search``.
    """

    role: str = "agenda"
    pandemic_search: bool = False
