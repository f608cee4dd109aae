"""Makes an exported network small: large weights are stored as int8 with one scale a channel, all computing stays float32.

(int8 convolutions of the Rust engine err at padded borders, so only the storage is 8 bits: DequantizeLinear on the
weights, which engines fold at loading.) Writes the SHA-256 of every network beside it and of vocab.json to reader.sha256,
in the order in which the views of a line take turns with them.
"""
import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

# Below this a weight's bytes do not matter, its precision may.
LARGE = 20_000
# Sines from -1 to 1, looked up and not multiplied.
POSITIONS = "pos_encoder.pe"
# The last layer decides between letters; it stays as trained.
CLASSES = 227


def channel_axis(node, position, shape):
    """The axis of output channels of a weight, by the operation that uses it; None where it is no weight."""
    if node.op_type == "Conv" and position == 1:
        return 0
    if node.op_type == "LSTM" and position in (1, 2):
        return 1
    if node.op_type == "MatMul" and position == 1:
        return len(shape) - 1
    if node.op_type == "Gemm" and position == 1:
        return 0 if any(a.name == "transB" and a.i for a in node.attribute) else 1
    return None


def pack(model):
    graph = model.graph
    weights = {i.name: i for i in graph.initializer}
    added = []
    for node in graph.node:
        for position, name in enumerate(node.input):
            if name not in weights:
                continue
            value = numpy_helper.to_array(weights[name])
            if value.size < LARGE or value.dtype != np.float32 or value.shape[-1] == CLASSES:
                continue
            axis = channel_axis(node, position, value.shape)
            if axis is not None:
                added.append(replace(graph, weights, name, value, axis))
            elif name.endswith(POSITIONS):
                added.extend(split(graph, weights, name, value))
    for node in reversed(added):
        graph.node.insert(0, node)


def replace(graph, weights, name, value, axis):
    """Swaps one float initializer for int8, scale and a node that multiplies them out under the old name."""
    others = tuple(k for k in range(value.ndim) if k != axis)
    scale = np.maximum(np.abs(value).max(axis=others), 1e-8).astype(np.float32) / 127
    shape = [-1 if k == axis else 1 for k in range(value.ndim)]
    whole = np.clip(np.round(value / scale.reshape(shape)), -127, 127).astype(np.int8)
    graph.initializer.remove(weights.pop(name))
    graph.initializer.extend([numpy_helper.from_array(whole, name + ".int8"), numpy_helper.from_array(scale, name + ".scale"),
                              numpy_helper.from_array(np.zeros(len(scale), np.int8), name + ".zero")])
    return helper.make_node("DequantizeLinear", [name + ".int8", name + ".scale", name + ".zero"], [name], axis=axis)


def split(graph, weights, name, value):
    """A table from -1 to 1 as two int8 planes, the second for what the first leaves: 16 bits are enough for it, 8 are not."""
    high = np.round(value * 127).astype(np.int8)
    low = np.round((value * 127 - high) * 254).astype(np.int8)
    graph.initializer.remove(weights.pop(name))
    planes = []
    for plane, scale in ((high, 1 / 127), (low, 1 / 127 / 254)):
        part = f"{name}.{len(planes)}"
        graph.initializer.extend([numpy_helper.from_array(plane, part + ".int8"), numpy_helper.from_array(np.float32(scale), part + ".scale")])
        planes.append(helper.make_node("DequantizeLinear", [part + ".int8", part + ".scale"], [part]))
    return [*planes, helper.make_node("Add", [n.output[0] for n in planes], [name])]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, help="default: in place")
    args = p.parse_args()
    out = args.out or args.model
    model = onnx.load(str(args.model))
    pack(model)
    onnx.checker.check_model(model)
    out.write_bytes(model.SerializeToString())
    names = [*sorted(out.parent.glob("*.onnx")), out.parent / "vocab.json"]
    lines = [f"{hashlib.sha256(n.read_bytes()).hexdigest()}  {n.name}\n" for n in names]
    (out.parent / "reader.sha256").write_text("".join(lines))
    print(f"{out.name}: {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
