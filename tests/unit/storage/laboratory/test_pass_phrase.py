"""A seal belongs to one step and one key, the key to one pass phrase; nothing of the phrase is kept."""

from dataclasses import replace

import pytest

from rbc_desktop.domain.laboratory.operator import Operator
from rbc_desktop.domain.sample.sign_off import SignOff
from rbc_desktop.storage.laboratory.pass_phrase import WrongPhraseError, sealing_key, unlock, with_phrase

PHRASE = "drei gr\u00fcne Zellen"
STEP = SignOff("final", "Ada", "approved by", "2026-11-26T11:00:00+01:00", "all seen", 1, "ab" * 32)


@pytest.fixture(scope="module")
def ada():
    return with_phrase(Operator("Ada"), PHRASE)


@pytest.fixture(scope="module")
def sealed(ada):
    return replace(STEP, seal=unlock(ada, PHRASE).seal(STEP))


def test_a_sealed_step_names_its_key(ada, sealed):
    assert sealing_key(sealed) == ada.key == sealed.key
    assert sealing_key(STEP) == ""


@pytest.mark.parametrize(
    "change",
    [{"state": "reviewed"}, {"operator": "Bo"}, {"meaning": "reviewed by"}, {"reason": "all seen."}, {"version": 2},
     {"time": "2026-11-26T11:00:01+01:00"}, {"head": "ac" + "ab" * 31}],
)  # fmt: skip
def test_no_word_of_a_sealed_step_can_be_changed(sealed, change):
    with pytest.raises(ValueError, match="doesn't belong"):
        sealing_key(replace(sealed, **change))


@pytest.mark.parametrize("seal", ["x", "ed25519:zz:zz", "rsa:{key}:{sig}", "ed25519:{key}:", "ed25519:{other}:{sig}"])
def test_a_broken_seal_is_named(ada, sealed, seal):
    _, key, signature = sealed.seal.split(":")
    text = seal.format(key=key, sig=signature, other=with_phrase(ada, "another one").key)
    with pytest.raises(ValueError, match="doesn't belong"):
        sealing_key(replace(sealed, seal=text))


def test_another_pass_phrase_opens_nothing(ada):
    with pytest.raises(WrongPhraseError, match="pass phrase of Ada"):
        unlock(ada, PHRASE + " ")


def test_letters_composed_in_another_way_are_the_same_phrase(ada):
    assert unlock(ada, "drei gru\u0308ne Zellen").seal(STEP)


def test_the_same_phrase_gives_another_key_each_time(ada):
    again = with_phrase(ada, PHRASE)
    assert again.key != ada.key
    assert PHRASE.encode().hex() not in f"{ada}"
