"""Fine-tunes AsterNet for Vietnamese register handwriting; resumes where it stopped."""
import argparse
import copy
import math
import signal
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
import net as nets
import picture
import sources

CHECKPOINT_SECONDS = 240
POOL = 96
# nats a letter: a network that can read gives 0.1 to 2 for a hard line, 6 and more for another text
HOPELESS = 5.0


def batches(source, rng, chars, budget):
    """Endless batches of like width: a pool is drawn, sorted and cut by a pixel budget."""
    index = {c: i for i, c in enumerate(chars)}
    while True:
        pool = []
        while len(pool) < POOL:
            sample = prepare(source, rng, index)
            if sample is not None:
                pool.append(sample)
        pool.sort(key=lambda s: s[0].shape[1])
        groups, group = [], []
        for sample in pool:
            if group and (len(group) + 1) * -(-sample[0].shape[1] // 64) * 64 > budget:
                groups.append(group)
                group = []
            group.append(sample)
        groups.append(group)
        rng.shuffle(groups)
        yield from groups


def prepare(source, rng, index):
    """One drawn line as network input and class numbers; None if CTC could not spell it."""
    grey, text = source.draw(rng)
    jitter = (picture.WHITE_PERCENTILE + rng.integers(-10, 11), picture.BLACK_PERCENTILE * rng.uniform(0.2, 2))
    wide = math.exp(rng.normal(0.0, 0.14))
    white = picture.trim(picture.stretch(grey, *jitter), rng.uniform(0, 0.5))
    line = picture.to_input(white, wide)
    labels = [index[c] for c in text if c in index]
    repeats = sum(a == b for a, b in zip(labels, labels[1:]))
    if not labels or line.shape[1] // nets.STRIDE < len(labels) + repeats or line.shape[1] > 1400:
        return None
    return line, labels, text


def stack(group):
    # Few distinct widths: every new shape costs the CPU library a compilation.
    width = -(-max(line.shape[1] for line, _, _ in group) // 64) * 64
    images = np.full((len(group), 1, nets.HEIGHT, width), 1, np.float32)
    for k, (line, _, _) in enumerate(group):
        images[k, 0, :, :line.shape[1]] = line
    lengths = torch.tensor([line.shape[1] // nets.STRIDE for line, _, _ in group])
    targets = torch.tensor([c for _, labels, _ in group for c in labels])
    sizes = torch.tensor([len(labels) for _, labels, _ in group])
    return torch.from_numpy(images).expand(-1, 3, -1, -1), lengths, targets, sizes


def freeze(net, depth):
    """Stops learning in the first `depth` of stem, layer1..layer4."""
    backbone = net.backbone
    parts = [backbone.stem, backbone.layer1, backbone.layer2, backbone.layer3, backbone.layer4]
    for k, part in enumerate(parts):
        for p in part.parameters():
            p.requires_grad = k >= depth


def step(net, group, device):
    images, lengths, targets, sizes = stack(group)
    images = images.to(device).contiguous(memory_format=torch.channels_last)
    with torch.autocast(device.type, torch.bfloat16):
        scores = net(images)
    # The tail of a short line in a wider batch must be blank too: full length for all.
    lengths = torch.full_like(lengths, scores.shape[0])
    losses = F.ctc_loss(scores.float(), targets.to(device), lengths, sizes, reduction="none", zero_infinity=True)
    each = losses / sizes.to(losses.device)
    # a few pictures cut from pages show another line than their label says: nothing is to be learned from them
    each = torch.where(each < HOPELESS, each, torch.zeros_like(each))
    return each.mean()


def rate(done, total, peak):
    """Warm-up over the first 1 %, then a cosine to 3 % of the peak."""
    if done < 0.01 * total:
        return peak * done / (0.01 * total) + 1e-7
    return peak * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, done / total))))


def save(path, net, mean, optimiser, state):
    temp = path.with_suffix(".tmp")
    torch.save({"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, temp)
    temp.replace(path)


def average(mean, net, keep):
    with torch.no_grad():
        for a, b in zip(mean.parameters(), net.parameters()):
            a.lerp_(b, 1 - keep)


def arguments():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--assets", type=Path, required=True, help="asterocr/assets of the unpacked wheel")
    p.add_argument("--lines", type=Path, default=Path("../shared/data/handwriting"))
    p.add_argument("--bank", type=Path, default=Path("work/bank"), help="real words cut by bank.py")
    p.add_argument("--figures", type=Path, default=Path("work/figures.npz"), help="single digits that figures.py fetched")
    p.add_argument("--own", type=Path, action="append", default=[], help="more lines: folder with labels.tsv and lines/")
    p.add_argument("--slots", type=Path, action="append", default=[], help="lines cut from generated pages: folder that `sohoa slots` wrote")
    p.add_argument("--no-contest", action="store_true", help="synthesis and --own lines only")
    p.add_argument("--minutes", type=float, default=60, help="length of this run; the rate falls to its end")
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--freeze", type=int, default=3, help="layers kept: 0 none ... 5 the whole backbone")
    p.add_argument("--budget", type=int, default=4096, help="pixels of width in a batch")
    p.add_argument("--keep", type=float, default=0.99, help="share of the running mean kept at a step")
    p.add_argument("--device", default="cpu")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", type=Path, default=Path("work/reader.pt"))
    p.add_argument("--start", type=Path, help="begin from the weights of this checkpoint, or of a network that export.py wrote, instead of AsterNet's")
    p.add_argument("--mix", default="real=1,paged=0.5,fonts=2", help="weights: real, paged, own, bank, cut, fonts, drawn, figures")
    return p.parse_args()


def main():
    warnings.simplefilter("ignore")
    args = arguments()
    sys.path.insert(0, str(args.assets.resolve().parents[1]))
    device = torch.device(args.device)
    net, chars = nets.start_net(args.assets)
    state = {"spent": 0.0, "steps": 0}
    saved = None
    if args.out.exists():
        saved = torch.load(args.out, map_location="cpu", weights_only=True)
        net.load_state_dict(saved["net"])
        state = saved["state"]
        print(f"resumed at step {state['steps']}, {state['spent'] / 60:.1f} minutes", flush=True)
    elif args.start and args.start.suffix == ".onnx":
        nets.load_exported(net, args.start)
    elif args.start:
        begun = torch.load(args.start, map_location="cpu", weights_only=True)
        net.load_state_dict(begun["mean"])
        # with the count of the parts before, this one does not draw their pictures once more
        state["before"] = begun["state"].get("before", 0) + begun["state"]["steps"]
    net.to(device, memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    freeze(net, args.freeze)
    learning = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=args.rate, weight_decay=1e-3, betas=(0.9, 0.98))
    if saved:
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
    run(net, mean, optimiser, state, args, chars, device, learning)


def run(net, mean, optimiser, state, args, chars, device, learning):
    drawn = state.get("before", 0) + state["steps"]
    rng = np.random.default_rng([args.seed, drawn])
    torch.manual_seed(args.seed + drawn)
    stream = batches(sources.build(args), rng, chars, args.budget)
    total, last_saved, losses, lines = args.minutes * 60, time.time(), [], 0
    net.train()
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    while state["spent"] < total and not stopped:
        begin = time.time()
        group = next(stream)
        for g in optimiser.param_groups:
            g["lr"] = rate(state["spent"], total, args.rate)
        loss = step(net, group, device)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 2.0)
        optimiser.step()
        state["steps"] += 1
        average(mean, net, min(args.keep, 1 - 1 / (state["steps"] + 1)))
        state["spent"] += time.time() - begin
        losses.append(float(loss.detach()))
        lines += len(group)
        if state["steps"] % 50 == 0:
            print(f"step {state['steps']} loss {np.mean(losses):.4f} lines {lines} minutes {state['spent'] / 60:.1f}", flush=True)
            losses = []
        if time.time() - last_saved > CHECKPOINT_SECONDS:
            save(args.out, net, mean, optimiser, state)
            last_saved = time.time()
    save(args.out, net, mean, optimiser, state)


if __name__ == "__main__":
    main()
