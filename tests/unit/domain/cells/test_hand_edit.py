from rbc_desktop.domain.cells.hand_edit import HandEdit, edits_text, with_edit


def test_the_same_again_counts_up_and_another_begins_a_new_entry():
    edits = ()
    for kind in ("brushed", "brushed", "erased", "brushed", "brushed", "brushed"):
        edits = with_edit(edits, HandEdit(kind))
    assert edits == (HandEdit("brushed", times=2), HandEdit("erased"), HandEdit("brushed", times=3))
    assert edits_text(edits) == "brushed ×2; erased; brushed ×3"


def test_other_cells_are_named():
    edits = with_edit(with_edit((), HandEdit("cut", (12,))), HandEdit("merged", (3, 4)))
    assert edits_text(edits) == "cut from 12; merged with 3, 4"
    assert with_edit(edits, HandEdit("merged", (5,)))[-1] == HandEdit("merged", (5,))
    assert edits_text(()) == ""
