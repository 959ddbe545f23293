"""The application's exceptions. Each carries one sentence for the user that says what to do."""


class RbcError(Exception):
    """Base of every error that the user may see.

    Args:
        message: one clear sentence for the user; the technical cause travels as ``__cause__``.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ImageReadError(RbcError):
    """An image file can't be read; the open case stays as it was."""


class UnconfirmedImageError(ImageReadError):
    """A case names an image at a place that the user has not confirmed; nothing there was touched."""


class ModelLoadError(RbcError):
    """Weights or manifest are missing, damaged or don't fit this version."""


class CaseFileError(RbcError):
    """A case file can't be opened or written."""


class CaseInUseError(CaseFileError):
    """A case file is open in a window, this one or another."""


class CaseMovedError(CaseFileError):
    """The open case file isn't where it was: renamed, deleted or replaced; nothing was stored."""


class SchemeError(RbcError):
    """A grading scheme can't be read."""


class ClassFileError(RbcError):
    """A laboratory's list of own classes can't be read."""


class LabListError(RbcError):
    """A list that the laboratory keeps, such as its control films, can't be read or stored."""


class UnreadableListError(LabListError):
    """What lies where such a list should be is none that this version reads; nothing may be written over it."""


class RelearnError(RbcError):
    """A classifier can't be retrained on the chosen cells."""


class ExportError(RbcError):
    """A report can't be written."""


class InferenceError(RbcError):
    """The model failed on a job; the case is unchanged."""


class RepairError(RbcError):
    """A mask can't be mended in this way; every cell stays as it was."""


class UsageError(RbcError):
    """The command line or a prompt file doesn't fit its contract (exit status 2)."""


class TaskCancelled(Exception):  # noqa: N818  (a request, not an error)
    """Raised inside a long task after the user asked to stop it."""
