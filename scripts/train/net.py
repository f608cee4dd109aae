"""The network: AsterNet's own PyTorch module with the weights of its ONNX file.

The ONNX has BatchNorm folded into the convolutions, so every BatchNorm is loaded as
identity plus the folded bias, and then replaced by a bias of the convolution, which is the
same and twice as fast to train. PyTorch and ONNX agree to 1e-4.
"""
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

HEIGHT = 32
STRIDE = 4
MAX_FRAMES = 512


def start_net(assets: Path):
    """The untuned network and its list of characters, from the unpacked wheel's assets."""
    from asterocr.models.model import AsterNet

    chars = json.loads((assets / "vocab.json").read_text(encoding="utf-8"))["chars"]
    net = AsterNet(num_classes=len(chars))
    load_onnx(net, assets / "asternet.onnx")
    drop_norms(net)
    lengthen(net)
    quicken(net)
    return net.eval(), chars


class _Depthwise(torch.autograd.Function):
    """A convolution of each channel by itself whose gradients are worked out in float32.

    oneDNN has no bfloat16 kernel for the gradient of the strided ones: 500 ms instead of 17 ms
    for 9 x 128 x 32 x 448 on one core.
    """

    @staticmethod
    def forward(ctx, image, weight, bias, stride, padding):
        ctx.save_for_backward(image, weight)
        ctx.geometry = (list(stride), list(padding))
        return F.conv2d(image, weight, bias, stride, padding, groups=weight.shape[0])

    @staticmethod
    def backward(ctx, above):
        image, weight = ctx.saved_tensors
        stride, padding = ctx.geometry
        channels = weight.shape[0]
        above = above.float().contiguous(memory_format=torch.channels_last)
        of_image, of_weight, of_bias = torch.ops.aten.convolution_backward(
            above, image.float(), weight.float(), [channels], stride, padding, [1, 1], False, [0, 0], channels,
            [True, True, True])
        return of_image.to(image.dtype), of_weight.to(weight.dtype), of_bias, None, None


class Depthwise(nn.Conv2d):
    """nn.Conv2d with one filter a channel; quicker to train in bfloat16 on a CPU."""

    def forward(self, image):
        if not (self.training and image.device.type == "cpu" and torch.is_autocast_enabled("cpu")):
            return super().forward(image)
        half = torch.get_autocast_dtype("cpu")
        return _Depthwise.apply(image.to(half), self.weight.to(half), self.bias.to(half), self.stride, self.padding)


def quicken(net):
    """What makes a training step on a CPU take half the time; outputs stay the same."""
    for module in net.modules():
        if isinstance(module, nn.Conv2d) and module.groups == module.in_channels > 1:
            module.__class__ = Depthwise
        if isinstance(module, nn.MultiheadAttention):
            # with dropout inside, attention falls back to products of strided matrices, a hundred times slower
            module.dropout = 0.0


def lengthen(net):
    """Positions for lines of up to 2048 px; the published table ends at 1024 and fails there."""
    from asterocr.models.language import PositionalEncoding

    table = net.language_head.pos_encoder
    table.pe = PositionalEncoding(table.pe.shape[2], max_len=MAX_FRAMES).pe


def drop_norms(net):
    """Replaces every (identity) BatchNorm by the bias of its convolution: same output, less work."""
    for conv_name, norm_name in _conv_norm_pairs(net):
        conv, norm = net.get_submodule(conv_name), net.get_submodule(norm_name)
        conv.bias = nn.Parameter(norm.bias.detach().clone())
        parent, _, child = norm_name.rpartition(".")
        setattr(net.get_submodule(parent), child, nn.Identity())


def load_onnx(net, path: Path):
    """Copies the published ONNX weights into the untouched `net`, walking the convolutions in graph order."""
    _load(net, path, _copy_convs)


def load_exported(net, path: Path):
    """Copies the weights of a network that export.py wrote, packed by pack.py or not, into one of start_net()."""
    _load(net, path)


def _load(net, path, *more):
    """Weights that kept their names, those that lost them in every export, and what `more` copies."""
    graph = onnx.load(str(path)).graph
    weights = _weights(graph)
    state = net.state_dict()
    _copy_named(weights, state)
    for copy in (*more, _copy_matmuls):
        copy(net, graph, weights, state)
    _copy_lstm(graph, weights, state)
    net.load_state_dict(state)


def _weights(graph):
    """Name -> array of every initializer; weights that pack.py stores in 8 bits are multiplied out under their own name.

    The table that it splits is the same in every network and stays as it is in the one to be filled.
    """
    weights = {i.name: numpy_helper.to_array(i).copy() for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and node.attribute:
            whole, scale = (weights[name] for name in node.input[:2])
            shape = [1] * whole.ndim
            shape[node.attribute[0].i] = -1
            weights[node.output[0]] = whole.astype(np.float32) * scale.reshape(shape)
    return weights


def _copy_named(weights, state):
    for name in state:
        if name in weights:
            state[name] = torch.from_numpy(weights[name])


def _copy_convs(net, graph, weights, state):
    convs = [n for n in graph.node if n.op_type == "Conv" and "hp_kernel" not in n.input[1]]
    convs = [n for n in convs if list(weights[n.input[1]].shape) != [3, 1, 3, 3]]
    pairs = _conv_norm_pairs(net)
    assert len(convs) == len(pairs), (len(convs), len(pairs))
    for node, (conv, norm) in zip(convs, pairs):
        state[conv + ".weight"] = torch.from_numpy(weights[node.input[1]])
        size = state[norm + ".weight"].shape
        state[norm + ".weight"] = torch.full(size, 1.0)
        state[norm + ".running_mean"] = torch.zeros(size)
        state[norm + ".running_var"] = torch.full(size, 1.0 - 1e-5)
        state[norm + ".bias"] = torch.from_numpy(weights[node.input[2]])


def _conv_norm_pairs(net):
    """Convolution and its BatchNorm, in the order in which forward() calls them."""
    pairs = [("backbone.stem.conv_main.0", "backbone.stem.conv_main.1"),
             ("backbone.stem.hp_proj.0", "backbone.stem.hp_proj.1")]
    for layer, count in (("layer1", 2), ("layer2", 2), ("layer3", 2), ("layer4", 1)):
        for k in range(count):
            block = f"backbone.{layer}.{k}"
            if len(net.get_submodule(block + ".shortcut")) > 0:
                pairs.append((block + ".shortcut.0", block + ".shortcut.1"))
            pairs += [(block + ".pw1", block + ".bn1"), (block + ".dw", block + ".bn2"),
                      (block + ".pw2", block + ".bn3")]
    pairs.append(("backbone.layer4.1", "backbone.layer4.2"))
    return pairs


def _copy_matmuls(net, graph, weights, state):
    """MatMul initializers appear in call order: the squeeze-excitation pairs, then the heads."""
    order = [n.input[1] for n in graph.node if n.op_type == "MatMul" and n.input[1] in weights]
    names = []
    for layer, count in (("layer1", 2), ("layer2", 2), ("layer3", 2), ("layer4", 1)):
        for k in range(count):
            names += [f"backbone.{layer}.{k}.se.fc.0", f"backbone.{layer}.{k}.se.fc.2"]
    for k in (0, 1):
        block = f"language_head.transformer.layers.{k}"
        names += [block + ".self_attn.in_proj", block + ".linear1", block + ".linear2"]
    names += ["fusion.gate_linear", "classifier"]
    assert len(order) == len(names), (len(order), len(names))
    for source, name in zip(order, names):
        key = name + ("_weight" if name.endswith("in_proj") else ".weight")
        value = torch.from_numpy(np.ascontiguousarray(weights[source].T))
        assert state[key].shape == value.shape, (key, state[key].shape, value.shape)
        state[key] = value


def _copy_lstm(graph, weights, state):
    """ONNX gates are ordered i,o,f,c; PyTorch wants i,f,c,o."""
    def gates(matrix):
        i, o, f, c = np.split(matrix, 4, axis=0)
        return torch.from_numpy(np.concatenate([i, f, c, o], axis=0).copy())

    for layer, node in enumerate(n for n in graph.node if n.op_type == "LSTM"):
        w, r, b = (weights[name] for name in node.input[1:4])
        for side, suffix in ((0, ""), (1, "_reverse")):
            key = f"sequence.lstm.{{}}_l{layer}{suffix}"
            state[key.format("weight_ih")] = gates(w[side])
            state[key.format("weight_hh")] = gates(r[side])
            state[key.format("bias_ih")] = gates(b[side][:1024])
            state[key.format("bias_hh")] = gates(b[side][1024:])
