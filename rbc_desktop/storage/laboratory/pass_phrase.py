"""Seals: signatures (Ed25519, RFC 8032) by a key that is made of a pass phrase (Argon2id, RFC 9106).

Neither the pass phrase nor the key is stored: salt and public half are enough to ask for it and to check a seal.
docs/decisions/0011-seals.md says what a seal proves.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...domain.laboratory.operator import Operator
from ...domain.sample.sign_off import SignOff
from ...errors import RbcError
from ...language import tr

if TYPE_CHECKING:  # a library of C, which only signing and checking wait for
    from nacl.signing import SigningKey

PASSES, MEMORY_BYTES = 3, 64 * 2**20
"""Cost of Argon2id: the second recommendation of RFC 9106 §4, with one lane: a tenth of a second on this machine."""

_KIND = "ed25519"


class WrongPhraseError(RbcError):
    """It isn't the pass phrase of this operator."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """An unlocked key; keep it only as long as the step that is signed takes."""

    signing_key: SigningKey

    def seal(self, step: SignOff) -> str:
        """The seal of a step, to be kept in it."""
        signature = self.signing_key.sign(step.signed_bytes).signature
        return f"{_KIND}:{self.signing_key.verify_key.encode().hex()}:{signature.hex()}"


def with_phrase(operator: Operator, phrase: str) -> Operator:
    """The operator with a new pass phrase. Takes a moment; not for the GUI thread."""
    from nacl.utils import random

    salt = random(16)
    return Operator(operator.name, salt.hex(), _key(phrase, salt).verify_key.encode().hex())


def unlock(operator: Operator, phrase: str) -> Sealer:
    """The key of an operator. Takes a moment; not for the GUI thread.

    Raises:
        WrongPhraseError: when it is another pass phrase.
    """
    key = _key(phrase, bytes.fromhex(operator.salt))
    if key.verify_key.encode().hex() != operator.key:
        raise WrongPhraseError(tr("This isn't the pass phrase of {name}; type it again.", name=operator.name))
    return Sealer(key)


def sealing_key(step: SignOff) -> str:
    """The public key that a step is sealed with, hex; "" without a seal.

    Raises:
        ValueError: when it isn't sealed with the key that it names.
    """
    if not step.seal:
        return ""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    kind, _, rest = step.seal.partition(":")
    key, _, signature = rest.partition(":")
    try:
        if kind != _KIND:
            raise ValueError(kind)
        VerifyKey(bytes.fromhex(key)).verify(step.signed_bytes, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError) as error:
        raise ValueError(tr("the seal doesn't belong to this step")) from error
    return key


def _key(phrase: str, salt: bytes) -> SigningKey:
    from nacl.pwhash import argon2id
    from nacl.signing import SigningKey

    typed = unicodedata.normalize("NFKC", phrase).encode("utf-8")  # keyboards compose letters differently
    return SigningKey(argon2id.kdf(32, typed, salt, opslimit=PASSES, memlimit=MEMORY_BYTES))
