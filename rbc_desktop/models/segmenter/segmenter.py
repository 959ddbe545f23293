"""The adapter that makes a network a `ports.Segmenter`: devices, memory, batches, nothing of the model itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from ...errors import InferenceError, ModelLoadError
from ...language import tr
from ...ports import DenseMaps, Embedding, MaskCandidates, RgbImage, TilePrompts
from ..device import choose_device
from ..manifest import REINSTALL, ManifestEntry, file_sha256, read_entry
from ..manifest_values import CONFIG, SEGMENTER, check_values
from .compact_sam2 import build
from .networks import CompactNetwork, Maps, Network, OfficialNetwork
from .official_sam2 import load_official

MAX_BATCH = 32
"""Prompts decoded together at most; more cost memory and gain nothing."""

MAX_HELPERS = 4
"""Threads that embed and decode at once at most; each needs about 60 MB."""

Result = TypeVar("Result")


class Sam2Segmenter:
    """Implements `ports.Segmenter` over the compact or an official SAM 2.

    When a device runs out of memory the batch is halved; when even one prompt or tile doesn't fit, the network moves
    to the CPU for good and a notice says so.

    Args:
        network: with its weights, on the CPU.
        model_id: name, version and short hash.
        device: where to run.
    """

    def __init__(self, network: Network, *, model_id: str, device: torch.device) -> None:
        self._network = network
        self._model_id = model_id
        self._device = device
        self._batch = MAX_BATCH
        self._notices: list[str] = []
        network.module.to(device)

    @property
    def model_id(self) -> str:
        """Name, version and short hash of the weights."""
        return self._model_id

    @property
    def device(self) -> str:
        """``cpu``, ``cuda`` or ``mps``."""
        return self._device.type

    @property
    def input_size(self) -> int:
        """Largest side of a tile in model pixels."""
        return self._network.input_size

    @property
    def input_sizes(self) -> Sequence[int]:
        """Sides that a tile may have, ascending."""
        return self._network.input_sizes

    @property
    def cell_px(self) -> float:
        """Diameter of a red cell in model pixels for which the network works best."""
        return self._network.cell_px

    @property
    def has_dense_head(self) -> bool:
        """Whether `dense` works."""
        return self._network.has_dense_head

    @property
    def helpers(self) -> int:
        """On the CPU as many as torch has threads, up to `MAX_HELPERS`; an accelerator works for its owner alone."""
        return min(MAX_HELPERS, torch.get_num_threads()) if self._device.type == "cpu" else 1

    def enter_helper(self) -> None:
        """Give each helper one thread: two that share out their steps would wait for each other."""
        torch.set_num_threads(1)

    def embed(self, tile: RgbImage) -> Maps:
        """Encode a tile ``(S, S, 3)`` uint8 RGB at the model's scale, S one of `input_sizes`.

        Raises:
            InferenceError: when the device fails.
            ValueError: for a tile of another shape.
        """
        size = tile.shape[0]
        if tile.shape != (size, size, 3) or size not in self.input_sizes:
            raise ValueError(f"a tile is N x N x 3, N one of {list(self.input_sizes)}, not {tile.shape}")
        pixels = torch.from_numpy(tile.copy()).permute(2, 0, 1)[None]
        return self._run(lambda: self._network.embed(pixels.to(self._device)))

    def segment(
        self, embedding: Embedding, prompts: Sequence[TilePrompts], *, best_only: bool = False
    ) -> list[MaskCandidates]:
        """Decode one or many sets of prompts on one embedding, in batches; one answer a set, in order.

        Args:
            embedding: of one tile.
            prompts: model pixels.
            best_only: answer with the candidate of the highest score alone.

        Raises:
            InferenceError: when the device fails.
        """
        answers: list[MaskCandidates] = []
        while len(answers) < len(prompts):
            batch = prompts[len(answers) : len(answers) + self._batch]
            try:
                with self._one_thread():
                    answers += self._attempt(
                        lambda batch=batch: self._network.decode(self._here(embedding), batch, best_only=best_only)  # type: ignore[misc]
                    )
            except _OutOfMemoryError:
                self._make_room(len(batch))
        return answers

    def dense(self, embedding: Embedding) -> DenseMaps:
        """The dense head's maps of an embedding."""
        return self._run(lambda: self._network.dense(self._here(embedding)))

    def take_notices(self) -> tuple[str, ...]:
        """What the user should know since the last call."""
        notices, self._notices = tuple(self._notices), []
        return notices

    @contextmanager
    def _one_thread(self) -> Iterator[None]:
        """Give the decoder one thread on the CPU.

        Its small steps take longer to share out than to do: 5 ms per click on one thread, 11 on two.
        """
        threads = torch.get_num_threads()
        if self._device.type != "cpu" or threads == 1:
            yield
            return
        torch.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)

    def _here(self, embedding: Embedding) -> Maps:
        """The embedding on the present device: it may have been made before the network moved."""
        assert isinstance(embedding, Maps)
        return embedding.to(self._device)

    def _run(self, step: Callable[[], Result]) -> Result:
        """One step that can't be divided: it fits, or the network moves to the CPU."""
        try:
            return self._attempt(step)
        except _OutOfMemoryError:
            self._make_room(1)
            return self._run(step)

    def _attempt(self, step: Callable[[], Result]) -> Result:
        try:
            with torch.inference_mode():
                return step()
        except RuntimeError as error:
            if _is_out_of_memory(error):
                raise _OutOfMemoryError from error
            raise InferenceError(tr("The model failed on this part of the image; details are in the log.")) from error

    def _make_room(self, batch: int) -> None:
        """Halve the batch; with nothing left to halve go on with the CPU.

        Raises:
            InferenceError: when the CPU itself has no memory left.
        """
        if self._device.type == "cuda":
            torch.cuda.empty_cache()
        if batch > 1:
            self._batch = max(1, batch // 2)
            return
        if self._device.type == "cpu":
            raise InferenceError(tr("There is not enough memory for this step; close other programs and try again."))
        self._notices.append(
            tr(
                "The {device} device ran out of memory; the CPU continues, more slowly.",
                device=self._device.type.upper(),
            )
        )
        self._device = torch.device("cpu")
        self._batch = MAX_BATCH
        self._network.module.to(self._device)


class _OutOfMemoryError(Exception):
    """A step didn't fit into the device's memory."""


def load_bundled(
    weights_dir: Path, *, device: torch.device | None = None, remedy: str = REINSTALL
) -> tuple[Sam2Segmenter, tuple[str, ...]]:
    """The segmenter that ``weights_dir/manifest.json`` names, and notes about devices that were passed over.

    Args:
        weights_dir: folder of manifest and weights.
        device: where to run; the best that works when None.
        remedy: what a refusal asks the user to do.

    Raises:
        ModelLoadError: when manifest or weights are missing, damaged or don't fit.
    """
    entry = read_entry("segmenter", weights_dir, remedy=tr(remedy))
    network = _bundled_network(entry, remedy)
    return _started(network, model_id=entry.model_id, device=device)


def load_checkpoint(path: Path, *, device: torch.device | None = None) -> tuple[Sam2Segmenter, tuple[str, ...]]:
    """A segmenter from an official SAM 2.1 checkpoint (or one fine-tuned from it), and notes about devices.

    Args:
        path: ``.pt`` or ``.safetensors``; the size is recognised from the weights.
        device: where to run; the best that works when None.

    Raises:
        ModelLoadError: when the file can't be read or doesn't fit.
    """
    network, size = load_official(path)
    model_id = f"sam2.1 {size} {path.stem} ({file_sha256(path)[:8]})"
    return _started(OfficialNetwork(network), model_id=model_id, device=device)


def _started(network: Network, *, model_id: str, device: torch.device | None) -> tuple[Sam2Segmenter, tuple[str, ...]]:
    """The segmenter on the best device on which this very network runs, and notes about those passed over."""
    chosen, notes = choose_device() if device is None else (device, ())
    segmenter = Sam2Segmenter(network, model_id=model_id, device=chosen)
    reason = None if chosen.type == "cpu" else _why_it_does_not_run(segmenter)
    if reason is None:
        return segmenter, notes
    note = tr(
        "The model doesn't run on {device} ({reason}); the CPU is used.", device=chosen.type.upper(), reason=reason
    )
    return Sam2Segmenter(network, model_id=model_id, device=torch.device("cpu")), (*notes, note)


def _why_it_does_not_run(segmenter: Sam2Segmenter) -> str | None:
    """Embed a blank tile and decode one click: a device may lack a kernel that the small proof doesn't use."""
    side = segmenter.input_size
    point = np.full((1, 2), side / 2, np.float32)
    try:
        embedding = segmenter.embed(np.full((side, side, 3), 200, np.uint8))
        segmenter.segment(embedding, [TilePrompts(point, np.ones(1, np.int32))])
    except InferenceError as error:
        cause = error.__cause__ or error
        return (str(cause).strip().splitlines() or [type(cause).__name__])[0][:200]
    return None


def _bundled_network(entry: ManifestEntry, remedy: str) -> CompactNetwork:
    values = entry.values
    if values["architecture"] != "compact-sam2":
        raise ModelLoadError(
            tr(
                "The segmenter's manifest names the architecture {architecture!r:.40}, which this version doesn't know;"
                " {remedy}, or install a newer version.",
                architecture=values["architecture"],
                remedy=tr(remedy),
            )
        )
    try:
        check_values(values, SEGMENTER)
        check_values(dict(values["config"]), CONFIG)
        module = build(values["config"])
        state = {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in
                 load_file(entry.path).items()}  # fmt: skip
        module.load_state_dict(state)
        return CompactNetwork(
            module,
            input_size=int(values["input_size"]),
            mask_shift=float(values.get("mask_shift", 0.0)),
            mask_scale=float(values.get("mask_scale", 1.0)),
        )
    except (RuntimeError, KeyError, TypeError, ValueError, SafetensorError) as error:
        raise ModelLoadError(
            tr(
                "The segmenter's weights ({name}) don't fit their configuration; {remedy}.",
                name=entry.path.name,
                remedy=tr(remedy),
            )
        ) from error


def _is_out_of_memory(error: RuntimeError) -> bool:
    text = str(error).lower()
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in text or "can't allocate memory" in text
