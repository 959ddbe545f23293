"""Who works with the application: names, and the keys of those who sign with a pass phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...language import tr

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Operator:
    """One person.

    Attributes:
        name: as it stands in audit trails and signatures.
        salt: hex; with it the pass phrase gives the signing key. "" without a pass phrase.
        key: public half of that key, hex; "" without one. Neither says anything of the pass phrase.
    """

    name: str
    salt: str = ""
    key: str = ""

    @property
    def has_pass_phrase(self) -> bool:
        """Whether signing in this name asks for one."""
        return bool(self.key)


def plain_name(name: str) -> str:
    """What two spellings of one name have in common: no matter the case of letters, and blanks around and between."""
    return " ".join(name.split()).casefold()


def named(operators: Sequence[Operator], name: str) -> Operator | None:
    """The operator of this name, whatever the case of its letters and the blanks around it; None for a stranger."""
    wanted = plain_name(name)
    return next((o for o in operators if plain_name(o.name) == wanted), None)


def refused_name(operators: Sequence[Operator], name: str) -> str:
    """Why nobody can be added under this name, as a sentence; "" when somebody can."""
    name = " ".join(name.split())
    if not name:
        return tr("Type a name.")
    if len(name) > LONGEST_NAME:
        return tr("A name has at most {most} characters.", most=LONGEST_NAME)
    if named(operators, name) is not None:
        return tr("{name} is on the list already.", name=name)
    return ""


LEAST_CHARACTERS = 8


def refused_phrase(phrase: str, again: str) -> str:
    """Why this can't be a pass phrase, as a sentence; "" when it can."""
    if len(phrase) < LEAST_CHARACTERS:
        return tr(
            "A pass phrase has at least {least} characters; a few words are easy to keep in mind.",
            least=LEAST_CHARACTERS,
        )
    if phrase != again:
        return tr("The two pass phrases differ; type the same one twice.")
    return ""


def key_digits(key: str) -> str:
    """The first digits of a public key in groups, as they stand on reports, e.g. “797f 111a dd02 857a”."""
    return " ".join(key[start : start + 4] for start in range(0, min(16, len(key)), 4))
