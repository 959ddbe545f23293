"""Which pages of the German manual are behind the English one."""

from manual_translation import digest, outdated, renew


def test_a_changed_page_is_found(tmp_path):
    english, german = tmp_path / "manual", tmp_path / "manual" / "de"
    german.mkdir(parents=True)
    (english / "a.md").write_text("# A\n", encoding="utf-8")
    (german / "a.md").write_text("# Das A\n", encoding="utf-8")
    assert outdated(english, german) == ["a.md"]
    renew("a.md", english, german)
    assert outdated(english, german) == []
    assert (german / "a.md").read_text(encoding="utf-8").startswith("# Das A\n\n[english]: <a.md> (")
    (english / "a.md").write_text("# A\n\nmore\n", encoding="utf-8")
    assert outdated(english, german) == ["a.md"]
    renew("a.md", english, german)
    (english / "b.md").write_text("# B\n", encoding="utf-8")
    assert outdated(english, german) == ["b.md"]
    assert len(digest(english / "b.md")) == 16
