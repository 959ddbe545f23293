from rbc_desktop.models.relearning.relearning_result import Gain, Relearnt


def test_worse_means_that_macro_f1_on_held_out_cells_falls(tmp_path):
    def made(before, after):
        gains = [Gain(0.8, value, 0.1, {}) for value in (before, after)]
        return Relearnt(tmp_path, "m", (), (), 3, 3, gains[0], gains[1], 20, 0, 0.6)

    assert made(0.7, 0.69).is_worse
    assert not made(0.7, 0.7).is_worse
    assert not made(0.7, 0.9).is_worse
