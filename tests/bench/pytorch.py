"""Measures one network in PyTorch. The architecture comes as JSON on standard input, the figures go out as JSON."""
import json
import sys
import time

import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body = body
        self.shortcut = shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


class SamePad(nn.Module):
    """Zeros around a picture so that a strided convolution gives ceil(size / stride), the odd one after."""

    def __init__(self, total):
        super().__init__()
        self.pads = (total // 2, total - total // 2) * 2

    def forward(self, x):
        return nn.functional.pad(x, self.pads)


def build(layers, shape):
    """The layers as one module, and the shape that comes out of them (tried on one glyph)."""
    built = []

    def add(module):
        nonlocal shape
        built.append(module)
        with torch.no_grad():
            shape = list(module.eval()(torch.zeros(1, *shape)).shape[1:])
        module.train()

    for layer in layers:
        kind = layer["kind"]
        if kind == "conv":
            kernel, stride, size = layer["kernel"], layer.get("stride", 1), shape[1]
            padding = 0
            if layer.get("padding", "same") == "same":
                total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
                if total % 2 == 0:
                    padding = total // 2
                else:
                    add(SamePad(total))
            add(nn.Conv2d(shape[0], layer["filters"], kernel, stride, padding,
                          groups=layer.get("groups", 1), bias=layer.get("bias", True)))
        elif kind == "batchNorm":
            add((nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(shape[0]))
        elif kind == "relu":
            add(nn.ReLU6() if layer.get("max") == 6 else nn.LeakyReLU(layer["slope"]) if layer.get("slope") else nn.ReLU())
        elif kind == "maxPool":
            add(nn.MaxPool2d(layer["size"]))
        elif kind == "averagePool":
            add(nn.AvgPool2d(layer["size"]))
        elif kind == "globalAveragePool":
            add(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()))
        elif kind == "dropout":
            add(nn.Dropout(layer["rate"]))
        elif kind == "flatten":
            add(nn.Flatten())
        elif kind == "dense":
            add(nn.Linear(shape[0], layer["units"]))
        elif kind == "residual":
            body, _ = build(layer["layers"], shape)
            shortcut, _ = build(layer.get("shortcut", []), shape)
            add(Residual(body, shortcut))
    return nn.Sequential(*built), shape


def best(act, seconds):
    """Seconds a call takes at best, by the clock and of the processor, in rounds of a tenth of `seconds`."""
    for _ in range(3):
        act()
    least, least_cpu, end = float("inf"), float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start, cpu, calls = time.perf_counter(), time.process_time(), 0
        while calls == 0 or time.perf_counter() - start < seconds / 10:
            act()
            calls += 1
        least = min(least, (time.perf_counter() - start) / calls)
        least_cpu = min(least_cpu, (time.process_time() - cpu) / calls)
    return least, least_cpu


def main():
    case = json.load(sys.stdin)
    torch.set_num_threads(case["threads"])
    size = case["architecture"]["inputSize"]
    body, shape = build(case["architecture"]["layers"], [1, size, size])
    net = nn.Sequential(body, nn.Linear(shape[0], case["outputs"]))
    optimiser = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=0.01)
    loss = nn.CrossEntropyLoss(label_smoothing=0.05)
    glyphs = torch.rand(case["batch"], 1, size, size)
    labels = torch.arange(case["batch"]) % case["outputs"]

    def learn():
        optimiser.zero_grad()
        loss(net(glyphs), labels).backward()
        optimiser.step()

    net.train()
    training = case["batch"] / best(learn, case["seconds"])[0]
    torch.set_num_threads(1)
    one_thread = case["batch"] / best(learn, case["seconds"])[1]
    net.eval()
    with torch.inference_mode():
        reading = 1000 * best(lambda: net(glyphs[:1]), case["seconds"])[0]
    print(json.dumps({"training": training, "oneThread": one_thread, "reading": reading}))


main()
