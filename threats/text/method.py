"""Words on how reliable the codes are: two readings, the keyword coder and robustness checks."""

from threats.text.translate import N_, _, ngettext

CODE_KIND_LABELS = {
    "threat": N_("threat"),
    "focus": N_("threat as main subject"),
    "response": N_("response"),
}
CODE_KIND_HEADINGS = {"threat": N_("Threats"), "response": N_("Responses")}

AGREEMENT_TITLE = N_("How well two coders agreed, code by code")
AGREEMENT_COLUMNS = {
    "code": N_("Code"),
    "counted_as": N_("Counted as"),
    "n": N_("n"),
    "both": N_("Both"),
    "first_only": N_("First only"),
    "second_only": N_("Second only"),
    "neither": N_("Neither"),
    "agreement": N_("Agreement"),
    "kappa": N_("Kappa"),
    "alpha": N_("Alpha"),
    "band": N_("Reliability"),
}
READERS_NOTE = N_(
    "Two automated coders used the same codebook. They can share an error: the coding is "
    "repeatable, not proven right."
)
RECODED_NOTE = N_("Measured before the less reliable codes were recoded (data 1.0.0).")


def agreement_label(alpha: float, kappa: float, band: str, counts: dict[str, int]) -> str:
    """Return the agreement on a code; ``counts`` has ``both``, ``first_only``, ``second_only`` and
    ``neither``."""
    return _(
        "alpha {alpha:.2f}, kappa {kappa:.2f}: {band}\n"
        "coded by both {both}, by the first alone {first_only}, by the second alone {second_only}, "
        "by neither {neither}",
        alpha=alpha,
        kappa=kappa,
        band=_(band),
        **counts,
    )


def agreement_measure(n_pairs: int, n_meetings: int) -> str:
    """Return what the chart of agreement shows, with its n."""
    return _(
        "alpha: 1 full agreement, 0 agreement by chance · {pairs} of {meetings}, drawn at random · "
        "the filter does not apply",
        pairs=ngettext("{number} pair of readings", "{number} pairs of readings", n_pairs),
        meetings=ngettext("{number} meeting", "{number} meetings", n_meetings),
    )


def bands_note(reliable: float, tentative: float, min_coded: int, n_too_few: int) -> str:
    """Return the bands of agreement, and how many codes have too few pages for one."""
    return _(
        "Reliable from {reliable:.2f}, tentative from {tentative:.3f}. {too_few}",
        reliable=reliable,
        tentative=tentative,
        too_few=ngettext(
            "{number} code has under {minimum} pages.",
            "{number} codes have under {minimum} pages.",
            n_too_few,
            minimum=min_coded,
        ),
    )


PASSAGE_KIND_LABELS = {
    "real_held_out": N_("real pages, held out"),
    "real_tuning": N_("real pages, used to write the rules"),
    "held_out": N_("invented, official wording"),
    "indirect": N_("invented, paraphrased wording"),
    "tuning": N_("invented, used to write the rules"),
}
CODER_SCORE_COLUMNS = {
    "codes": N_("Codes"),
    "passages": N_("Texts"),
    "code": N_("Code"),
    "n": N_("n"),
    "right": N_("Right"),
    "false": N_("False"),
    "missed": N_("Missed"),
    "precision": N_("Precision"),
    "recall": N_("Recall"),
    "f1": N_("F1"),
    "f1_range": N_("F1, 95% interval"),
}
CODER_LIMITS_SENTENCE = N_("A person must check what it proposes.")


def coder_scores_sentence(
    passages: str, f1: dict[str, float], n: dict[str, int], ranges: dict[str, str]
) -> str:
    """Return F1, its 95% interval and n for threats and responses, on the texts of a part:
    ``real_held_out``, ``held_out`` or ``indirect``."""
    values = {
        "threats": f1["threat"],
        "n_threats": n["threat"],
        "range_threats": ranges["threat"],
        "responses": f1["response"],
        "n_responses": n["response"],
        "range_responses": ranges["response"],
    }
    if passages == "real_held_out":
        return _(
            "On held-out real pages, F1 is {threats:.2f} for threats ({range_threats}, "
            "n = {n_threats}) and {responses:.2f} for responses ({range_responses}, "
            "n = {n_responses}).",
            **values,
        )
    if passages == "held_out":
        return _(
            "On held-out invented passages in official wording, F1 is {threats:.2f} for threats "
            "({range_threats}, n = {n_threats}) and {responses:.2f} for responses "
            "({range_responses}, n = {n_responses}).",
            **values,
        )
    return _(
        "On paraphrased passages, F1 is {threats:.2f} for threats ({range_threats}, "
        "n = {n_threats}) and {responses:.2f} for responses ({range_responses}, "
        "n = {n_responses}).",
        **values,
    )


def f1_range_label(low: float, high: float) -> str:
    """Return the 95% interval of an F1."""
    return _("{low:.2f} to {high:.2f}", low=low, high=high)


def decoy_texts_sentence(n_texts: int, n_coded: int) -> str:
    """Return how many texts on other subjects got a code."""
    return ngettext(
        "Of {texts} held-out real pages without a code, {number} received a false one.",
        "Of {texts} held-out real pages without a code, {number} received a false one.",
        n_coded,
        texts=n_texts,
    )


OWN_VARIANT_NAME = N_("Your settings")
FINDING_HEADING = N_("Finding")
FINDING_COLUMNS = {
    "finding": FINDING_HEADING,
    "variant": N_("Series"),
    "answer": N_("Answer"),
    "figure": N_("Figure"),
}
ROBUSTNESS_RULE = N_(
    "Robust: the same threats lead, are new or are absent, or the figures agree within their "
    "intervals."
)
