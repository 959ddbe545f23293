"""Segment, measure, classify and review red cells in blood-smear images, offline."""

from .language import mark, tr

__version__ = "0.2.0"

RESEARCH_USE_ONLY = mark("For Research Use Only. Not for use in diagnostic procedures.")


def research_use(between: str = "\n") -> str:
    """The sentence of 21 CFR 809.10(c) word for word; in another language its translation follows.

    Args:
        between: what stands between both.
    """
    said = tr(RESEARCH_USE_ONLY)
    return RESEARCH_USE_ONLY if said == RESEARCH_USE_ONLY else f"{RESEARCH_USE_ONLY}{between}{said}"
