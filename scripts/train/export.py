"""Writes a checkpoint (or the untuned network) as ONNX with free width and batch."""
import argparse
import json
import sys
import warnings
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))
import net as nets


def write(net, path: Path):
    """`images` (batch, 3, 32, width) -> `log_probs` (time, batch, classes)."""
    sample = torch.zeros(2, 3, nets.HEIGHT, 160)
    # Without the fast path the transformer exports as plain MatMul and Softmax.
    torch.backends.mha.set_fastpath_enabled(False)
    torch.onnx.export(net, (sample,), str(path), dynamo=False, opset_version=17,
                      input_names=["images"], output_names=["log_probs"],
                      dynamic_axes={"images": {0: "batch", 3: "width"},
                                    "log_probs": {0: "time", 1: "batch"}})


def load(path: Path):
    return torch.load(path, map_location="cpu", weights_only=True)


def mean_of(states):
    """Parts of one training that began where the one before ended: their mean reads better than the last alone."""
    return {key: torch.stack([s[key] for s in states]).mean(0) if value.is_floating_point() else value
            for key, value in states[-1].items()}


def main():
    warnings.simplefilter("ignore")
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--assets", type=Path, required=True)
    p.add_argument("--checkpoint", type=Path, nargs="+", help="of several, the mean of their weights; without it: the untuned network")
    p.add_argument("--weights", choices=["mean", "net"], default="mean", help="running mean, or the last step's weights")
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    sys.path.insert(0, str(args.assets.resolve().parents[1]))
    net, chars = nets.start_net(args.assets)
    if args.checkpoint:
        net.load_state_dict(mean_of([load(path)[args.weights] for path in args.checkpoint]))
    write(net.eval(), args.out)
    vocab = {"chars": chars, "size": len(chars)}
    (args.out.parent / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
