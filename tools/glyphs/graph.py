"""The model as an ONNX file: gradients in eight directions, soft cells, square root, projection.

Directions: a gradient is taken apart into the two of eight directions that it lies between (an axis and a diagonal),
which needs no angle: axis = larger − smaller, diagonal = √2 · smaller. Source: Liu, Nakashima, Sako, Fujisawa,
Handwritten digit recognition: investigation of normalization and feature extraction techniques (2004).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tools.glyphs.cells import CELLS, FEATURES, SIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SPREAD = 0.6
"""Standard deviation of a cell's bell, in cells."""
_OPSET, _IR = 17, 9
_SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32) / 8


def made(mean: NDArray[np.float32] | None = None, projection: NDArray[np.float16] | None = None) -> onnx.ModelProto:
    """The graph: `pictures` (n × 64 × 64, uint8) to `vectors` (n × d, of length one).

    Without a projection the vectors are the features themselves, as they are before it: what it is learned from.
    """
    graph = _Graph()
    graph.directions()
    graph.pooled()
    graph.projected(mean, projection)
    pictures = helper.make_tensor_value_info("pictures", TensorProto.UINT8, ["n", SIDE, SIDE])
    size = FEATURES if projection is None else projection.shape[1]
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", size])
    constants = [numpy_helper.from_array(value, name) for name, value in graph.constants.items()]
    body = helper.make_graph(graph.nodes, "glyphs", [pictures], [vectors], constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="yakuba")
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model


def _bells() -> NDArray[np.float32]:
    """Weight of each of 64 dots in each cell, along one side."""
    width = SIDE / CELLS
    centres = (np.arange(CELLS) + 0.5) * width
    bells = np.exp(-((np.arange(SIDE) + 0.5 - centres[:, None]) ** 2) / (2 * (width * _SPREAD) ** 2))
    return np.asarray(bells / bells.sum(axis=1, keepdims=True), np.float32)


class _Graph:
    """Nodes and constants as they come together."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, NDArray[np.generic]] = {
            "tiny": np.array([1e-6], np.float32),
            "white": np.array([255], np.float32),
            "root2": np.array([2**0.5], np.float32),
            "sobel": np.stack([_SOBEL, _SOBEL.T])[:, None],
            "one": np.array([1], np.int64),
        }

    def _add(self, kind: str, *inputs: str, out: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def directions(self) -> None:
        """`directions`: eight pictures of how strongly ink begins or ends that way."""
        self._add("Cast", "pictures", out="dots", to=TensorProto.FLOAT)
        self._add("Div", self._add("Unsqueeze", "dots", "one", out="deep"), "white", out="ink")
        self._add("Conv", "ink", "sobel", out="gradient", pads=[1, 1, 1, 1])
        self.nodes.append(helper.make_node("Split", ["gradient"], ["x", "y"], axis=1))
        for axis in "xy":
            self._add("Relu", axis, out=f"{axis}+")
            self._add("Relu", self._add("Neg", axis, out=f"-{axis}"), out=f"{axis}-")
            self._add("Abs", axis, out=f"|{axis}|")
        found = []
        for axis, other in (("x", "y"), ("y", "x")):
            for sign in "+-":
                more = self._add("Sub", f"{axis}{sign}", f"|{other}|", out=f"{axis}{sign}more")
                found.append(self._add("Relu", more, out=f"{axis}{sign}axis"))
        for one in "+-":
            for two in "+-":
                less = self._add("Min", f"x{one}", f"y{two}", out=f"{one}{two}less")
                found.append(self._add("Mul", less, "root2", out=f"{one}{two}diagonal"))
        self._add("Concat", *found, out="directions", axis=1)

    def pooled(self) -> None:
        """`features`: square root of the strength in 8 × 8 soft cells, the whole of length one."""
        bells = _bells()
        self.constants |= {"down": bells, "across": np.ascontiguousarray(bells.T)}
        self.constants["flat"] = np.array([0, FEATURES], np.int64)
        rows = self._add("MatMul", "directions", "across", out="rows")
        root = self._add("Sqrt", self._add("MatMul", "down", rows, out="sums"), out="roots")
        self._unit(self._add("Reshape", root, "flat", out="long"), "features")

    def projected(self, mean: NDArray[np.float32] | None, projection: NDArray[np.float16] | None) -> None:
        """`vectors`."""
        if mean is None or projection is None:
            self._add("Identity", "features", out="vectors")
            return
        self.constants |= {"mean": mean, "half": projection}
        wide = self._add("Cast", "half", out="projection", to=TensorProto.FLOAT)
        centred = self._add("Sub", "features", "mean", out="centred")
        self._unit(self._add("MatMul", centred, wide, out="projected"), "vectors")

    def _unit(self, given: str, out: str) -> None:
        length = self._add("ReduceL2", given, out=f"{out}_length", axes=[1], keepdims=1)
        self._add("Div", given, self._add("Max", length, "tiny", out=f"{out}_safe"), out=out)
