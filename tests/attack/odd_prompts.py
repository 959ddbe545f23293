"""Kind: prompt files of any content; each is refused with a sentence, or its cells are looked for."""

from __future__ import annotations

import random
from pathlib import Path

from rbc_desktop.commands.segment import check_prompts
from rbc_desktop.engine.pipeline import Pipeline
from rbc_desktop.storage.images.prompt_file import read_prompts
from tests.attack.child import ChildAttack
from tests.fakes.ink_segmenter import InkSegmenter, drawn_field

NAME = "prompts"
TRIES = 200

_WIDTH, _HEIGHT = 640, 480
_ODD = (
    "", " ", "-1", "0", "1", "2", "1e999", "-1e308", "1e-320", "nan", "inf", "9" * 400, "9" * 5000, "0x10", "1_000",
    "١", "12,5", "12.5.5", "=1+1", "\0", "\u202e", "a" * 200_000, '"', '""', "\ud7ff", "٫", "½", "100", "320.25", "1e2",
)  # fmt: skip


class Attack(ChildAttack):
    """One file after the other, whose cells are looked for."""

    function = "segment"

    def _spoilt(self, dice: random.Random) -> tuple[str, Path]:
        how, content = _content(dice)
        path = self._folder / "prompts.csv"
        path.write_bytes(content)
        return how, path


def _content(dice: random.Random) -> tuple[str, bytes]:
    way = dice.choice(["good", "values", "values", "header", "rows", "bytes", "cut", "encoding", "many", "long"])
    table = _table(dice)
    _SPOIL.get(way, lambda _table, _dice: None)(table, dice)
    between, end = dice.choice([",", ",", ";", "\t", "|"]), dice.choice(["\n", "\n", "\r\n", "\r"])
    text = end.join(between.join(row) for row in table)
    if way == "long":
        text += end * dice.choice([1, 10**5]) + dice.choice(_ODD) * dice.choice([1, 300])
    encoding = dice.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp037"]) if way == "encoding" else "utf-8"
    data = bytearray(text.encode(encoding, "surrogatepass"))
    if way == "bytes":
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
    elif way == "cut":
        del data[dice.randrange(len(data)) :]
    return way, bytes(data)


def _table(dice: random.Random) -> list[list[str]]:
    """A good file, header first."""
    boxes, rows = dice.random() < 0.4, dice.choice([1, 3, 30])
    table = [["cell", "x0", "y0", "x1", "y1"] if boxes else ["cell", "x", "y", "label"]]
    for number in range(rows):
        x, y = dice.uniform(0, _WIDTH - 60), dice.uniform(0, _HEIGHT - 60)
        ends = [x + dice.uniform(5, 60), y + dice.uniform(5, 60)] if boxes else [1]
        table.append([str(value) for value in (number // dice.choice([1, 2]), x, y, *ends)])
    return table


def _values(table: list[list[str]], dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        row = dice.choice(table[1:])
        row[dice.randrange(len(row))] = dice.choice(_ODD)


def _header(table: list[list[str]], dice: random.Random) -> None:
    table[0][dice.randrange(len(table[0]))] = dice.choice(_ODD)
    if dice.random() < 0.3:
        del table[0]


def _rows(table: list[list[str]], dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        row = dice.choice(table)
        row[dice.randrange(len(row) + 1) :] = [dice.choice(_ODD)] * dice.choice([0, 1, 20])


def _many(table: list[list[str]], dice: random.Random) -> None:
    table[1:] *= dice.choice([100, 10_000])


_SPOIL = {"values": _values, "header": _header, "rows": _rows, "many": _many}


def segment(path: str) -> None:
    """Do what the command does, with a segmenter that needs no network."""
    prompted = read_prompts(Path(path))
    image = drawn_field([(100, 100), (300, 200)], width=_WIDTH, height=_HEIGHT)
    check_prompts(prompted, image, Path(path))
    pipeline = Pipeline(InkSegmenter(), None)
    field = pipeline.prepare(image)
    for cell in prompted[:20]:
        pipeline.propose(field, cell.prompts)
