"""Retrain the classifier on a laboratory's own cells: ``python -m training.lab.retraining SET [SET …] --out FOLDER``.

SET is a training set that the application exported; only reviewed cells count. What is fitted and how it is judged is
the application's own (`rbc_desktop.models.relearning`), which also retrains in its window. FOLDER then holds a manifest
and boosters: choose it in the application under Edit > Settings.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from rbc_desktop.errors import UsageError
from rbc_desktop.models.relearning.lab_fields import groups_of
from rbc_desktop.models.relearning.lab_table import lab_table
from rbc_desktop.models.relearning.relearning import Base, load_base, relearn
from training.command import command
from training.lab.sets import read_pixels, read_sets
from training.manifest_io import WEIGHTS_DIR


def retrain(sets: Sequence[Path], out: Path, *, base: Base, name: str) -> list[str]:
    """Retrain on some sets and write manifest and boosters to `out`; returns what to print.

    Raises:
        UsageError, RelearnError: when the sets can't be read or hold too little.
    """
    fields = [field for field in read_sets(sets) if field.reviewed]
    with tqdm(total=len(fields), desc="measure") as bar:
        table = lab_table(fields, pixels=read_pixels, progress=lambda done, _: bar.update(done - bar.n))
    made = relearn(table, out, base=base, name=name, fields=len(fields))
    held_by = "case" if groups_of(fields) == [field.case for field in fields] else "field"
    return [
        f"{sum(n for _, n in made.cells)} reviewed cells: {', '.join(f'{c} {n}' for c, n in made.cells)}",
        f"scores on cells held out by {held_by}, {made.folds} folds:",
        f"  before  {made.before}",
        f"  after   {made.after}{', which is worse' if made.is_worse else ''}",
        f"{made.rounds} trees a class and {made.red_rounds} for red or not were added; review limit"
        f" {made.review_limit:.2f}",
        f"written to {out}: choose this folder in the application under Edit > Settings, Classifier",
    ]


@command
def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET", help="a folder that the application exported")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where manifest and boosters go")
    parser.add_argument("--name", help="what reports call it, after the version (default: the folder's name)")
    args = parser.parse_args()
    if args.out.resolve() == WEIGHTS_DIR.resolve():
        raise UsageError("The bundled weights are not replaced; choose another folder with --out.")
    print("\n".join(retrain(args.sets, args.out, base=load_base(WEIGHTS_DIR), name=args.name or args.out.name)))


if __name__ == "__main__":
    main()
