import base64
import dataclasses
import json
import os
from pathlib import Path

import pytest

from rbc_desktop.storage.laboratory.settings import Settings, load_settings, save_settings

CHANGED = Settings(
    scale_bar="top right",
    theme="dark",
    overlay_visible=False,
    overlay_opacity=0.25,
    missed_visible=False,
    overview_map=False,
    recent_files=("/a/мазок.png", "/b.rbc"),
    last_folder="/a",
    segmenter_weights="/w/sam2.1_hiera_tiny.pt",
    classifier_weights="/w/our classifier",
    image_level_weights="/weights/reading",
    device="cpu",
    window_geometry="AdnQywAD",
    window_state="AAAA/w==",
    sample_shown=True,
    image_folders=("D:\\smears", "//server/share"),
    review_order="class",
    review_goes_on=False,
    hidden_columns=("AREA", "PALLOR"),
    gallery_side=128,
    gallery_by_class=False,
    gallery_outlines=False,
    gallery_labels=False,
    brush_um=0.5,
    brush_px=30.0,
    export_folder="/reports",
    export_formats=("csv",),
    export_parts=("gallery",),
    export_opens_folder=False,
    scales=("640x480 0.125",),
    scale_presets=('{"objective": "100×"}',),
    target_cells=1000,
    stop_at_target=False,
    segment_new_images=True,
    usual_laboratory="Labor Ä",
    usual_operator="K. Osei",
    usual_stain="May-Grünwald",
    usual_instrument="100×/1.30",
    fills_in_usual=True,
    review_limit=0.8,
    report_folder="/lab/reports",
    keys=("confirm\tQ",),
    report_header="Lab\n1 Street",
    report_logo="/logo.png",
    signed_by="K. Osei",
    operator="Ada",
    work_list="/lists/today.csv",
    control_rule="lock",
    backup_folder="/backup",
    keep_unsaved_days=30,
    keep_identity_days=365,
    language="de",
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


def test_every_setting_is_kept(path):
    assert all(getattr(CHANGED, f.name) != f.default for f in dataclasses.fields(Settings)), "test data is complete"
    save_settings(CHANGED, path)
    assert load_settings(path) == CHANGED


def test_only_differences_are_stored(path):
    save_settings(Settings(theme="light"), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"theme": "light"}
    save_settings(Settings(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {}


def test_no_file_is_all_defaults(path):
    assert load_settings(path) == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe\x00", b'"theme"'])
def test_a_damaged_file_is_all_defaults(path, content):
    path.write_bytes(content)
    assert load_settings(path) == Settings()


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000, b'{"theme": ' + b"[" * 200_000, b'{"overlay_opacity": 1' + b"0" * 400 + b"}", b" " * 2_000_000],
    ids=["nested", "nested value", "huge number", "huge file"],
)
def test_hostile_content_is_all_defaults(path, content):
    path.write_bytes(content)
    assert load_settings(path) == Settings()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(path):
    os.mkfifo(path)
    assert load_settings(path) == Settings()


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 30_000])
def test_texts_that_no_file_system_takes_are_left_out(path, text):
    path.write_text(json.dumps({"last_folder": text, "recent_files": [text], "device": "cpu"}), encoding="utf-8")
    assert load_settings(path) == Settings(device="cpu")


def test_values_that_do_not_fit_are_left_out_one_by_one(path):
    stored = {
        "theme": "purple",
        "overlay_opacity": 7,
        "overlay_visible": "yes",
        "brush_um": 0,
        "brush_px": 1e6,
        "recent_files": [1, 2],
        "device": None,
        "language": "fr",
        "unknown": 1,
        "last_folder": "/kept",
    }
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load_settings(path) == Settings(last_folder="/kept")


def test_whole_numbers_are_fine_for_fractions(path):
    path.write_text('{"overlay_opacity": 1}', encoding="utf-8")
    assert load_settings(path).overlay_opacity == 1.0
    path.write_text('{"overlay_opacity": true}', encoding="utf-8")
    assert load_settings(path) == Settings()


def test_a_failed_write_keeps_the_old_file(path, monkeypatch):
    save_settings(CHANGED, path)

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        save_settings(Settings(), path)
    assert load_settings(path) == CHANGED
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_opacity_is_checked():
    with pytest.raises(ValueError, match="opacity"):
        Settings(overlay_opacity=1.5)


DATA = Path(__file__).parents[1] / "data"


def test_settings_of_0_1_0_are_taken_over(tmp_path):
    settings = load_settings(DATA / "settings_of_0_1_0.json")
    assert settings == Settings(
        theme="dark",
        overlay_visible=False,
        overlay_opacity=0.35,
        recent_files=("/home/anna/Bilder äöü/мазок 1.png", "C:\\Cases\\7.rbc"),
        last_folder="/home/anna",
        segmenter_weights="/models/own",
        classifier_weights="/models/own 2",
        device="cpu",
        window_geometry=base64.b64encode(b"geometry").decode(),
        window_state=base64.b64encode(b"state").decode(),
        sample_shown=True,
    )
    save_settings(settings, tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json") == settings
