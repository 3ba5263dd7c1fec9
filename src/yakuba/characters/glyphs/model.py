"""The shipped model: a picture becomes a vector; the nearer two vectors, the more alike the shapes.

catalog/characters/glyph_model/<edition>/ holds model.onnx, judge.toml and SOURCE.toml; tools/glyphs makes all three.
Nothing but onnxruntime on the processor is needed.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from yakuba.characters.glyphs.shape import SIDE, squares
from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

EDITION = "1"
_AT_ONCE = 32
"""Pictures per call: what fits into the processor's cache, found by measuring."""


def model_folder() -> Path:
    """The folder of the model in use."""
    return catalog_root() / "characters" / "glyph_model" / EDITION


class Model:
    """The model, loaded. `digest`: SHA-256 of its file. `size`: length of a vector."""

    def __init__(self, path: Path) -> None:
        """Load a file.

        Raises:
            CannotContinueError: it is missing or broken.
        """
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as refused

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # one small picture at a time is quicker alone than shared out
        options.log_severity_level = 3
        try:
            data = path.read_bytes()
            self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except (OSError, refused.InvalidProtobuf, refused.InvalidGraph, refused.InvalidArgument, refused.Fail) as error:
            remedy = "install Yakuba again, its catalog is not complete"
            raise CannotContinueError(f"{path}: the model of glyphs is missing or broken", remedy=remedy) from error
        self.digest = sha256(data).hexdigest()
        self.size = int(self._run(np.zeros((1, SIDE, SIDE), np.uint8)).shape[1])

    def embed(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Vectors of length one, n × `size`, of pictures cropped to their ink."""
        found = np.zeros((len(pictures), self.size), np.float32)
        for start in range(0, len(pictures), _AT_ONCE):
            some = squares(pictures[start : start + _AT_ONCE])
            found[start : start + _AT_ONCE] = self._run(some)
        return found

    def _run(self, some: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.asarray(self._session.run(["vectors"], {"pictures": some})[0])


@cache
def model() -> Model:
    """The shipped model, loaded once per process."""
    return Model(model_folder() / "model.onnx")


def embed(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Vectors of the shipped model."""
    return model().embed(pictures)
