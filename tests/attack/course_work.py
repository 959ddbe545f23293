"""The course of a case from its images to a signed and amended report, step by step, until somebody kills it.

Usage: ``python -m tests.attack.course_work CASE IMAGE…``. What comes next follows from what the case holds, so a
process that is started after a kill goes on where the one before was. Prints one line per acknowledged step, when its
verb has returned: the head of the audit trail, and what was done.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from rbc_desktop.domain.classes.taxonomy import BUILT_IN
from rbc_desktop.domain.fields.calibration import Calibration
from rbc_desktop.domain.laboratory.operator import Operator
from rbc_desktop.domain.sample.grading import Grading
from rbc_desktop.domain.sample.sign_off import state_of
from rbc_desktop.editing.case_editor import CaseEditor
from rbc_desktop.editing.reading_editor import ReadingEditor
from rbc_desktop.editing.sample_editor import SampleEditor
from rbc_desktop.ports import LoadedImage
from rbc_desktop.storage.case.case_file import CaseFile
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.storage.laboratory.pass_phrase import Sealer, unlock, with_phrase
from rbc_desktop.storage.laboratory.scheme_file import bundled_schemes, read_scheme
from rbc_desktop.workflows.sample.rereading import new_reading, open_reading, readable
from tests.fakes.casework import make_analysis, make_proposal
from tests.fakes.good_field import GOOD

PHRASE = "three green cells"
CELLS_A_FIELD, READ_SHARE = 10, 0.3
STATES = {"draft": "reviewed", "amended": "reviewed", "reviewed": "final", "final": "amended"}


class Course:
    """Does the next step of the course, whatever the case holds.

    Args:
        editor: of the case.
        images: what is opened.
    """

    def __init__(self, editor: CaseEditor, images: list[LoadedImage]) -> None:
        self.editor, self.images = editor, images
        self.sample, self.reader = SampleEditor(editor), ReadingEditor(editor)
        self.sealer: Sealer = unlock(with_phrase(Operator("Ada"), PHRASE), PHRASE)
        self.scheme = read_scheme(bundled_schemes() / "icsh_like.json")
        self.dice = random.Random(len(editor.case.cells))
        editor.operator = "Ada"
        if (reading := open_reading(editor.case)) is not None:
            self.reader.go_on(reading)

    def steps(self) -> Iterator[str]:
        """Endless: after the amendment comes the review again."""
        while True:
            yield self.read_on() if self.reader.reading is not None else self.next_step()

    def next_step(self) -> str:
        """One verb of somebody who prepares the report."""
        case, editor = self.editor.case, self.editor
        if state_of(case.sign_offs) == "final":
            return self.sign()
        if len(case.fields) < len(self.images):
            editor.add_fields([self.images[len(case.fields)]])
            return "open"
        for field in case.fields.values():
            if field.calibration is None:
                editor.set_calibration([field.id], Calibration(0.1, "typed"))
                return "scale"
            if not case.cells_of(field.id):
                proposals = [make_proposal(self.dice, cut_share=0) for _ in range(CELLS_A_FIELD)]
                editor.add_cells(field.id, proposals, run=editor.new_run())
                return "segment"
        if unknown := [c for c in case.cells.values() if case.analysis_of(c) is None]:
            found = [make_analysis(c, self.dice, predicted_share=1) for c in unknown]
            editor.set_analyses(found, qualities=dict.fromkeys(case.fields, GOOD))
            return "classify"
        return self.review()

    def review(self) -> str:
        """Gate, classes, second reading, grades, signature."""
        case, editor = self.editor.case, self.editor
        last = max(case.fields)
        if not case.fields[last].left_out and state_of(case.sign_offs) != "reviewed":
            self.sample.leave_out([last], "The last field is left out of the count: it is blurred.")
            return "gate"
        if unseen := [c.id for c in case.cells.values() if c.reviewed_class is None]:
            editor.set_class([unseen[0]], self.dice.choice(BUILT_IN[:6]))
            if self.dice.random() < 0.1:
                editor.undo()
                return "undo"
            return "class"
        if len(case.readings) < len([s for s in case.sign_offs if s.state == "amended"]) + 1:
            began = "2026-11-26T10:00:00+01:00"
            reading = new_reading(case, operator="Bo", share=READ_SHARE, seed=len(case.readings), began=began)
            self.reader.begin(reading)
            return "begin reading"
        for reading in case.readings:
            if reading.unsettled and (there := [d for d in reading.differences if d.cell in case.cells]):
                self.reader.settle(reading, {d.cell: d.second or d.first for d in there})
                return "settle"
        if case.grading.scheme is None:
            self.sample.set_grading(Grading(self.scheme), text="Grade")
            return "scheme"
        if not case.grading.confirmed:
            self.sample.set_grading(case.grading.with_grade("teardrop", "2+"), text="Confirm a grade")
            return "grade"
        return self.sign()

    def read_on(self) -> str:
        """One verb of the second reader."""
        reading = self.reader.reading
        assert reading is not None
        unread = [c.cell for c in reading.cells if c.second is None]
        if not unread:
            self.reader.leave(finish=True)
            return "finish reading"
        self.editor.set_class([unread[0]], self.dice.choice(BUILT_IN[:6]))
        return "read"

    def sign(self) -> str:
        """The next state; after an amendment one class is looked at again."""
        state = STATES[state_of(self.editor.case.sign_offs)]
        self.sample.sign(state, operator="Ada", meaning="approved by", reason="looked at again", seal=self.sealer.seal)
        if state == "amended":
            self.editor.set_class(readable(self.editor.case)[:1], None)
        return state


def main() -> None:
    """Work until killed."""
    case_path, *images = sys.argv[1:]
    store, case = CaseFile.open(Path(case_path))
    course = Course(CaseEditor(case, store), [read_image(Path(i)) for i in images])
    sys.stdout.write("ready\n")
    for step in itertools.chain(course.steps()):
        sys.stdout.write(f"{store.head} {step}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
