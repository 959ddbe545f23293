"""Edit > Settings: the laboratory, review, reports, look, and which models run and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...engine.jobs import EngineReady
from ...language import mark, tr
from ...storage.laboratory.settings import Settings
from ...workflows.key_map import read_keys, written_keys
from ..look.keyed_window import KeyedDialog
from ..look.later_tabs import LaterTabs
from ..look.plain_label import plain_label
from ..look.progress import progress_bar
from ..look.room import open_as_large_as
from ..look.scrolling_page import ScrollingPage
from ..look.theme import SPACE_L, SPACE_M
from .general_page import GeneralChoice, GeneralPage
from .keys_page import KeyRow, KeysPage
from .laboratory_page import LaboratoryChoice, LaboratoryPage
from .models_page import MODEL_SETTINGS, ModelsPage

SIZE = 620, 680
"""Where the screen has room for it; pages scroll else."""

INCOMPLETE = mark("Choose the model's folder or file, or the bundled model.")


@dataclass(frozen=True, slots=True)
class SettingsChoice:
    """What was chosen; values as in `Settings`."""

    segmenter_weights: str
    classifier_weights: str
    device: str
    image_level_weights: str = ""
    general: GeneralChoice = GeneralChoice()  # noqa: RUF009  frozen
    keys: tuple[str, ...] = ()
    laboratory: LaboratoryChoice = LaboratoryChoice()  # noqa: RUF009  frozen

    def applied_to(self, settings: Settings) -> Settings:
        """The settings with these choices."""
        return replace(
            settings,
            segmenter_weights=self.segmenter_weights,
            classifier_weights=self.classifier_weights,
            image_level_weights=self.image_level_weights,
            device=self.device,  # type: ignore[arg-type]  # the boxes offer nothing else
            keys=self.keys,
            **self.general.changes,  # type: ignore[arg-type]
            **self.laboratory.changes,  # type: ignore[arg-type]
        )


class SettingsDialog(KeyedDialog):
    """Stays open while chosen models are loaded, and says why one is refused."""

    manual_chapter = "settings.md"

    requested = Signal(object)
    """A `SettingsChoice`."""

    classes_wanted = Signal()
    """The laboratory's own classes are to be seen."""

    def __init__(
        self, settings: Settings, running: EngineReady | None, *, keys: Callable[[], Sequence[KeyRow]] = tuple,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings, self._loading = settings, False
        stated = running.review_limit if running is not None else None
        self.general = GeneralPage(settings, stated_limit=stated)
        self.general.classes.clicked.connect(self.classes_wanted)
        makers = (
            (tr("General"), lambda: self.general),
            (tr("Models"), lambda: self._models_page(running)),
            (tr("Keys"), lambda: KeysPage(keys(), read_keys(settings.keys))),
            (tr("Laboratory"), lambda: LaboratoryPage(settings)),
        )
        self.tabs = LaterTabs()
        self._places = [self.tabs.add(title, partial(self._scrolling, make, title)) for title, make in makers]
        self._build()
        self.save.clicked.connect(self._request)
        self.cancel.clicked.connect(self.reject)
        self._refresh()

    @property
    def models(self) -> ModelsPage:
        """Which models run; made when it is first asked for, like the pages after it."""
        return cast(ModelsPage, self._page(1).page)

    @property
    def keys(self) -> KeysPage:
        """Which key does what."""
        return cast(KeysPage, self._page(2).page)

    @property
    def laboratory(self) -> LaboratoryPage:
        """What the laboratory wishes."""
        return cast(LaboratoryPage, self._page(3).page)

    def _page(self, place: int) -> ScrollingPage:
        return cast(ScrollingPage, self.tabs.page(self._places[place]))

    def _is_made(self, place: int) -> bool:
        return self.tabs.has_page(self._places[place])

    def _scrolling(self, make: Callable[[], QWidget], title: str) -> ScrollingPage:
        page = make()
        page.setEnabled(not self._loading)
        return ScrollingPage(page, name=title)

    @property
    def choice(self) -> SettingsChoice:
        """What the boxes say; on a page that nobody has seen, nothing is changed."""
        kept = self._settings
        return SettingsChoice(
            **(self.models.changes if self._is_made(1) else {name: getattr(kept, name) for name in MODEL_SETTINGS}),
            general=self.general.choice,
            keys=written_keys(self.keys.chosen) if self._is_made(2) else kept.keys,
            laboratory=self.laboratory.choice if self._is_made(3) else LaboratoryChoice.of(kept),
        )

    def show_loading(self) -> None:
        """The chosen models are being loaded."""
        self._loading = True
        self._refresh()

    def show_refused(self, sentence: str) -> None:
        """They were refused; the dialog stays so that something else can be chosen."""
        self._loading = False
        self._refresh()
        self._show_note(tr("{sentence} The models in use stay as they are.", sentence=sentence))

    def _build(self) -> None:
        self.note = plain_label(kind="warning")
        self.progress = progress_bar()
        self.progress.setRange(0, 0)
        self.cancel = QPushButton(tr("Cancel"))
        self.save = QPushButton(tr("Save"))
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_M)
        column.setSpacing(SPACE_M)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.note)
        column.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column.addLayout(buttons)
        open_as_large_as(self, *SIZE)

    def _models_page(self, running: EngineReady | None) -> ModelsPage:
        page = ModelsPage(self._settings, running)
        page.changed.connect(self._refresh)
        return page

    def _show_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @Slot()
    def _refresh(self) -> None:
        complete = not self._is_made(1) or self.models.is_complete
        self.save.setEnabled(complete and not self._loading)
        self.progress.setVisible(self._loading)
        for place in range(len(self._places)):
            if self._is_made(place):
                self._page(place).page.setEnabled(not self._loading)
        # What is being loaded will count, also when the dialog is closed meanwhile.
        self.cancel.setText(tr("Close") if self._loading else tr("Cancel"))
        self._show_note("" if complete else tr(INCOMPLETE))

    @Slot()
    def _request(self) -> None:
        self.requested.emit(self.choice)
