"""Images of fields are kept within a bound."""

from rbc_desktop.workflows.reading import read_field
from rbc_desktop.workflows.reading_controller import FieldImages


def test_field_images_keep_to_their_bound(qtbot, pictures, window):
    from rbc_desktop.storage.image_reader import read_image

    images = FieldImages(window.services.tasks, read_image, keep_bytes=2 * 200 * 150 * 3)
    for number, path in enumerate(pictures, start=1):
        images.put(number, read_field(read_image, path, page=0))
    assert images.get(1) is None
    assert images.get(3) is not None
    assert images.thumbnail(1) is not None
