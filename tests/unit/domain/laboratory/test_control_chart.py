"""Limits come of the first films; each rule fires where it should and nowhere else."""

import random

import pytest

from rbc_desktop.domain.laboratory.control_chart import REJECTIONS, WARNING, broken_rules, chart_of


@pytest.mark.parametrize(
    ("scores", "rules"),
    [
        ([0.5], ()),
        ([2.1], (WARNING,)),
        ([0, 3.1], (WARNING, "1-3s")),
        ([2.1, 2.2], (WARNING, "2-2s")),
        ([-2.1, 2.2], (WARNING, "R-4s")),
        ([2.1, -1.9], ()),
        ([1.1, 1.2, 1.3, 1.4], ("4-1s",)),
        ([1.1, 1.2, -1.3, 1.4], ()),
        ([-0.1] * 10, ("10x",)),
        ([-0.1] * 9, ()),
        ([*[-0.1] * 9, 0.1], ()),
    ],
)
def test_rules(scores, rules):
    assert broken_rules(scores) == rules


def days(values):
    return [(f"film {n}", f"2026-01-01T{n // 60:02}:{n % 60:02}:00+00:00", v) for n, v in enumerate(values)]


def test_mean_and_sd_are_those_of_the_baseline_and_only_what_comes_after_is_judged():
    values = [7.0, 7.2] * 10 + [7.1, 9.0]
    chart = chart_of(random.Random(1).sample(days(values), len(values)))
    assert chart.mean == pytest.approx(7.1)
    assert chart.sd == pytest.approx(0.1026, abs=1e-4)
    assert [p.in_baseline for p in chart.points].count(True) == 20
    assert [p.name for p in chart.points] == [f"film {n}" for n in range(22)]
    assert chart.last.value == 9.0
    assert chart.last.is_rejected
    assert chart.points[20].broken == ()


def test_too_few_make_no_limits_and_a_baseline_alone_has_no_last():
    assert chart_of(days([7.0] * 9)) is None
    chart = chart_of(days([7.0] * 12))
    assert (chart.sd, chart.last) == (0.0, None)
    assert all(p.z == 0 for p in chart.points)


def test_a_steady_microscope_is_seldom_stopped_and_one_that_drifts_soon_is():
    rng = random.Random(5)
    steady = [chart_of(days([rng.gauss(7, 0.1) for _ in range(120)]), baseline=60) for _ in range(40)]
    stopped = sum(p.is_rejected for chart in steady for p in chart.points) / (40 * 60)
    assert stopped < 0.06
    drifting = chart_of(days([rng.gauss(7, 0.1) for _ in range(60)] + [7 + 0.02 * n for n in range(20)]), baseline=60)
    assert drifting.last.is_rejected
    assert set(drifting.last.broken) <= {WARNING, *REJECTIONS}
