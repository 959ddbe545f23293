"""What the values of a manifest may be: a model from elsewhere is refused by its numbers before it is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..language import tr

Check = Callable[[Any], bool]


def whole(low: int, high: int, *, step: int = 1) -> Check:
    """A whole number within bounds, a multiple of `step`."""
    return lambda value: type(value) is int and low <= value <= high and value % step == 0


def number(low: float, high: float) -> Check:
    """A finite number within bounds."""
    return lambda value: type(value) in (int, float) and low <= value <= high


def several(check: Check, *, least: int, most: int) -> Check:
    """A list of values that pass a check."""
    return lambda value: type(value) is list and least <= len(value) <= most and all(map(check, value))


def one_of(*known: str) -> Check:
    """One of these words."""
    return lambda value: type(value) is str and value in known


def parts(checks: Mapping[str, Check]) -> Check:
    """An object with all of these values, each of which passes its check."""

    def holds(value: Any) -> bool:
        return type(value) is dict and all(name in value and check(value[name]) for name, check in checks.items())

    return holds


def text(value: Any) -> bool:
    """A short line of text."""
    return type(value) is str and 0 < len(value) <= 200 and value.isprintable()


CONFIG: dict[str, Check] = {
    "widths": several(whole(8, 1024, step=8), least=4, most=4),
    "depths": several(whole(1, 64), least=4, most=4),
    "d_model": whole(32, 1024, step=32),
    "decoder_mlp": whole(8, 8192),
    "decoder_depth": whole(1, 16),
    "dense_width": whole(4, 1024),
    "outline_width": whole(4, 256),
    "position_scale": number(0.01, 100),
    "window_px": whole(64, 1024, step=32),
    "cell_px": number(8, 256),
    "normalisation": parts(
        {"kind": one_of("white-point-density"), "percentile": number(1, 100), "scale": number(0.01, 10)}
    ),
    "prompt_rendering": one_of("none", "centre-votes"),
}
"""Of the compact network; what isn't named here is checked where it is used."""

SEGMENTER: dict[str, Check] = {
    "file": text,
    "version": text,
    "input_size": whole(64, 2048, step=32),
    "cell_px": number(8, 256),
    "mask_shift": number(-10, 10),
    "mask_scale": number(0.1, 10),
}

CLASSIFIER: dict[str, Check] = {
    "file": text,
    "red_file": text,
    "name": text,
    "version": text,
    "classes": several(text, least=2, most=100),
    "groups": several(text, least=1, most=100),
    "second_file": text,
    "own_file": text,
    "red_groups": several(text, least=1, most=100),
    "temperature": number(0.01, 100),
    "bias": several(number(-100, 100), least=2, most=100),
    "review_limit": number(0, 1),
    "field_power": number(1e-3, 1),
    "field_held_by": number(1e-3, 1e6),
    "field_usual": several(number(1e-6, 1), least=2, most=100),
}

RANGE = several(number(0, 1e6), least=2, most=2)
IMAGE_LEVEL: dict[str, Check] = {
    "file": text,
    "name": text,
    "version": text,
    "labels": several(text, least=2, most=20),
    "learnt": lambda value: type(value) is dict and all(map(RANGE, value.values())),
    "held_out_accuracy": number(0, 1),
    "held_out_fields": whole(1, 10**9),
}


def check_values(values: Mapping[str, Any], checks: Mapping[str, Check]) -> None:
    """Check the values that are there; whether one is missing is found where it is needed.

    Raises:
        ValueError: for the first that is of another kind or out of its bounds.
    """
    for name, check in checks.items():
        if name in values and not check(values[name]):
            raise ValueError(
                tr("its manifest gives {name} a value out of bounds: {value}", name=name, value=str(values[name])[:40])
            )
