from rbc_desktop.storage.laboratory.classifier_folders import classifiers_folder, new_folder, retrained_classifiers


def test_every_classifier_has_a_folder_of_its_own_and_old_ones_stay():
    assert retrained_classifiers() == ()
    made = []
    for _ in range(3):
        path = new_folder("Haus 7 / ../ä")
        assert path.parent == classifiers_folder()
        path.mkdir(parents=True)
        made.append(path)
    assert len(set(made)) == 3
    assert made[0].name.endswith("Haus 7  ä")
    assert retrained_classifiers() == (), "a folder without a manifest is none"
    for path in made:
        (path / "manifest.json").write_text("{}", encoding="utf-8")
    assert set(retrained_classifiers()) == set(made)
    assert new_folder("//").name.endswith("own cells")
