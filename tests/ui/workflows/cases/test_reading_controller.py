"""Images of fields are kept within a bound."""

from dataclasses import replace

from rbc_desktop.domain.case.case import Field
from rbc_desktop.storage.images.image_reader import read_image
from rbc_desktop.workflows.cases.reading import read_field
from rbc_desktop.workflows.cases.reading_controller import FieldImages


def test_field_images_keep_to_their_bound(qtbot, pictures, window):
    images = FieldImages(window.services.tasks, read_image, keep_bytes=2 * 200 * 150 * 3)
    for number, path in enumerate(pictures, start=1):
        images.put(number, read_field(read_image, path, page=0))
    assert images.get(1) is None
    assert images.get(3) is not None
    assert images.thumbnail(1) is not None


def test_what_could_not_be_shown_is_read_again_and_what_is_in_memory_is_not(qtbot, pictures, window):
    images = FieldImages(window.services.tasks, read_image)
    facts = [read_field(read_image, path, page=0).facts for path in pictures]
    fields = [Field.of(fact, number=number, calibration=None) for number, fact in enumerate(facts, start=1)]
    lost = [replace(field, path=field.path.with_name("gone.png")) for field in fields]
    images.survey(lost)
    qtbot.waitUntil(lambda: len(images.problems) == 3)
    images.put(1, read_field(read_image, pictures[0], page=0))
    images.put(2, read_field(read_image, pictures[1], page=0).without_pixels())
    images.problems[2] = "It was lost later."
    images.read_again(fields)
    qtbot.waitUntil(lambda: images.get(2) is not None and images.get(3) is not None)
    assert images.problems == {}


def test_a_survey_goes_on_past_images_that_are_in_memory(qtbot, pictures, window):
    images = FieldImages(window.services.tasks, read_image)
    reads = [read_field(read_image, path, page=0) for path in pictures]
    fields = [Field.of(read.facts, number=number, calibration=None) for number, read in enumerate(reads, start=1)]
    images.expect(reads[:1])
    images.survey(fields)
    qtbot.waitUntil(lambda: all(images.thumbnail(field.id) is not None for field in fields))
