"""Finding where a film can be read, from a slide to proposed regions: a map at low power, then a closer look."""

from __future__ import annotations

from ...domain.slides.film_map import FilmMap, FoundMonolayer, ProposedRegion, Zone, covered_by, share_of
from ...imaging.fields.monolayer import candidates, film_scale, judged_map, looked_at, measured_row, patch_grid
from ...language import plural, tr
from ...ports import RegionReader, TaskControl

USUAL_TARGET = 500
"""Cells that regions are proposed for where no target count is set."""

MOST_LOOKS = 60
"""Candidates that are looked at closely: some tenths of a second each."""


def find_monolayer(slide: RegionReader, *, diameter: float | None, target: int, control: TaskControl) -> FoundMonolayer:
    """Map a slide and propose regions.

    Args:
        slide: its pixels.
        diameter: of a red cell in its pixels, where a calibration tells it.
        target: how many cells the regions are to show; `USUAL_TARGET` when 0.
        control: progress and cancel.

    Raises:
        ImageReadError: when the slide can't be read.
        TaskCancelled: when the user has asked to stop.
    """
    target = target or USUAL_TARGET
    scale = film_scale(slide, diameter=diameter)
    if scale is None:
        return FoundMonolayer(None, (), tr("No stained cells were found on this slide; draw regions by hand."))
    grid = patch_grid(slide, scale)
    rows = grid.zones.shape[0]
    patches = []
    for row in range(rows):
        control.progress(row, rows + rows // 4)
        patches.append(measured_row(slide, scale, grid, row))
    film = judged_map(grid, patches)
    found: list[ProposedRegion] = []
    for region in candidates(film)[:MOST_LOOKS]:
        if covered_by(found) >= target:
            break
        control.progress(rows + min(rows // 4, rows // 4 * covered_by(found) // target), rows + rows // 4)
        proposed = looked_at(slide, scale, film, region)
        if proposed is not None:
            found.append(proposed)
    return FoundMonolayer(film, tuple(found), _sentence(film, found, target=target))


def _sentence(film: FilmMap, found: list[ProposedRegion], *, target: int) -> str:
    cells = covered_by(found)
    if not found:
        thick, blurred = share_of(film, Zone.THICK), share_of(film, Zone.BLURRED)
        if thick >= blurred:
            return tr(
                "No region can be read: most of the film is too thick. Draw regions by hand, or scan another slide."
            )
        return tr(
            "No region can be read: most of the film is out of focus. Draw regions by hand, or scan another slide."
        )
    if cells < target:
        return plural(
            "{count} region with about {cells:,} cells proposed; the monolayer has no room for {target}."
            " Look at it, then accept.",
            "{count} regions with about {cells:,} cells proposed; the monolayer has no room for {target}."
            " Look at them, then accept.",
            len(found), cells=cells, target=target,
        )  # fmt: skip
    return plural(
        "{count} region with about {cells:,} cells proposed. Look at it, then accept.",
        "{count} regions with about {cells:,} cells proposed. Look at them, then accept.",
        len(found), cells=cells,
    )  # fmt: skip
