"""What the user prefers: the settings dialog, the theme menu, and models that are loaded before they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ...engine import jobs
from ...engine.engine import Engine
from ...language import mark, tr
from ...ports import ModelFactories
from ...storage.laboratory.settings import Settings
from ...workflows.configuring_controller import SettingsKeeper
from ...workflows.notices import Notices
from ..look.mnemonics import lettered
from ..look.theme import ThemeController
from .general_page import THEMES, GeneralChoice
from .keys_page import KeyRow
from .laboratory_page import LaboratoryChoice
from .models_page import MODEL_SETTINGS
from .settings_dialog import SettingsChoice, SettingsDialog


def in_use_text(ready: jobs.EngineReady) -> str:
    """The sentence after a change of models."""
    used = {
        "segmenter": ready.segmenter,
        "classifier": ready.classifier or tr("no classifier"),
        "device": ready.device.upper(),
    }
    if ready.image_level is None:
        return tr("Now in use: {segmenter} and {classifier} on {device}.", **used)
    sentence = mark("Now in use: {segmenter} and {classifier}, with {reader} for the image-level reading, on {device}.")
    return tr(sentence, reader=ready.image_level, **used)


class Preferences(QObject):
    """Applies and keeps what is chosen in the settings.

    Args:
        settings: where they are kept.
        theme: of the application.
        engine: whose models are exchanged.
        models: factories of the models that some settings name.
        notices: says which models are in use.
        parent: the window.
    """

    def __init__(
        self,
        settings: SettingsKeeper,
        theme: ThemeController,
        engine: Engine,
        *,
        models: Callable[[Settings], ModelFactories],
        notices: Notices,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._settings, self._theme, self._engine, self._models = settings, theme, engine, models
        self._notices, self._window = notices, parent
        self._wanted: SettingsChoice | None = None
        self._themes: dict[str, QAction] = {}
        self.dialog: SettingsDialog | None = None
        engine.ready.connect(self._on_ready)
        engine.models_refused.connect(self._on_refused)
        settings.changed.connect(self._check_theme)

    def add_theme_menu(self, menu: QMenu) -> None:
        """Put *Theme* at the end of a menu."""
        menu.addSeparator()
        themes = lettered(menu.addMenu(tr("Theme")))
        group = QActionGroup(self)
        for name, text in THEMES.items():
            action = self._themes[name] = themes.addAction(tr(text))
            action.setCheckable(True)
            action.setData(name)
            group.addAction(action)
        group.triggered.connect(self._on_theme_chosen)
        self._check_theme()

    def open(self, running: jobs.EngineReady | None, *, keys: Callable[[], Sequence[KeyRow]] = tuple) -> None:
        """Show the settings.

        Args:
            running: the models that run, None while nothing is loaded.
            keys: every action of the window; asked for when the page of keys is seen.
        """
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = SettingsDialog(self._settings.value, running, keys=keys, parent=self._window)
        self.dialog.requested.connect(self._save)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()
        if self._wanted is not None:
            self.dialog.show_loading()

    @Slot(str)
    def use_classifier(self, folder: str) -> None:
        """Have the classifier in this folder, once it has run."""
        now = self._settings.value
        models = (now.segmenter_weights, folder, now.device, now.image_level_weights)
        self._save(SettingsChoice(*models, GeneralChoice.of(now), now.keys, LaboratoryChoice.of(now)))

    @Slot(object)
    def _save(self, choice: SettingsChoice) -> None:
        """Keep what needs no proof at once; models count when they have run."""
        before = self._settings.value
        after = choice.applied_to(before)
        self._set_theme(choice.general.theme)
        self._settings.update(keys=choice.keys, **choice.general.changes, **choice.laboratory.changes)
        if all(getattr(before, name) == getattr(after, name) for name in MODEL_SETTINGS):
            self._close()
            return
        self._wanted = choice
        if self.dialog is not None:
            self.dialog.show_loading()
        self._engine.replace_models(self._models(after))

    @Slot(object)
    def _on_ready(self, ready: jobs.EngineReady) -> None:
        if self._wanted is None or not ready.replaced:
            return
        choice, self._wanted = self._wanted, None
        self._settings.update(**{name: getattr(choice, name) for name in MODEL_SETTINGS})
        self._close()
        if not ready.notes:
            self._notices.info(in_use_text(ready))

    @Slot(object)
    def _on_refused(self, sentence: str) -> None:
        self._wanted = None
        if self.dialog is not None:
            self.dialog.show_refused(sentence)
        else:
            self._notices.error(tr("{sentence} The models in use stay as they are.", sentence=sentence))

    @Slot(object)
    def _on_theme_chosen(self, action: QAction) -> None:
        self._set_theme(action.data())

    def _set_theme(self, name: str) -> None:
        if name != self._settings.value.theme:
            self._settings.update(theme=name)
            self._theme.force(name)

    @Slot()
    def _check_theme(self) -> None:
        for name, action in self._themes.items():
            action.setChecked(name == self._settings.value.theme)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
