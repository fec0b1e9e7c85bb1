#!/usr/bin/env python3
"""The engine benchmark's four training steps in PyTorch eager, for comparison.

Usage: python3 bench/torch_steps.py [--seconds S] [--device cpu|cuda]

Prints one JSON object: { "torch": version, "threads": 1, "device": name,
"blas": { "name", "path", "reference", "core" },
"ref" | "critic" | "denoiser" | "toy": { "ms": median milliseconds a step } }.
The steps are those of bench/stock.ts: the same shapes, losses, activations and random numbers.

On a CPU nearly all of a step is in BLAS, so it is named: PyTorch of Debian takes whichever the
system has, and with the reference one (libblas3) it is several times slower than with OpenBLAS.
PyTorch is a peer to measure against and never a dependency of the project.
"""

import argparse
import json
import os
import re
import statistics
import sys
import time

# One thread, of which BLAS must know before it is loaded.
for threads in ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB_MAXIMUM"):
    os.environ[threads + "_NUM_THREADS"] = "1"


def core():
    """The kernels that OpenBLAS is told to take: those of AVX-512 where the processor has it, since an OpenBLAS
    older than the processor, or one that the environment holds to an older kind, is several times slower.
    "": its own choice."""
    for held in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(held, None)
    try:
        with open("/proc/cpuinfo") as processor:
            flags = next((line for line in processor if line.startswith("flags")), "").split()
    except OSError:
        flags = []
    if not {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"} <= set(flags):
        return ""
    os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"
    return "SkylakeX"


coreType = core()

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed here (on Debian: apt-get install python3-torch libopenblas0).")


def blas():
    """The library that multiplies matrices on the CPU: its name, where it lies if that is known, and whether it is the slow reference."""
    built = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    built = built.group(1) if built else "unknown"
    if built != "generic":
        return {"name": built, "path": "", "reference": False}
    # Built against whatever the system has: what is loaded tells. Only Linux says so.
    try:
        with open("/proc/self/maps") as maps:
            loaded = {line.split(None, 5)[5].strip() for line in maps if "/" in line}
    except OSError:
        return {"name": "unknown", "path": "", "reference": False}
    libraries = sorted(path for path in loaded if re.search(r"blas|blis|atlas|mkl_", path))
    for name in ("openblas", "blis", "mkl", "atlas"):
        for path in libraries:
            if name in path:
                return {"name": name, "path": path, "reference": False}
    for path in libraries:
        if "libblas" in path:
            return {"name": "reference", "path": path, "reference": True}
    return {"name": "unknown", "path": "", "reference": False}


def mlp(sizes, activation):
    """Linear layers with `activation` between them."""
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(a, b))
        if i < len(sizes) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


def ref(device):
    """MLP 32-256-256-1, ReLU, mean squared error, batch 500, Adam."""
    net = mlp([32, 256, 256, 1], nn.ReLU).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, y = torch.randn(500, 32, device=device), torch.randn(500, 1, device=device)

    def step():
        adam.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


def critic(device):
    """WGAN-GP critic of CTGAN's size: rows of width 32, batch 500, packs of 10, hidden 256-256, ReLU, generator forward included."""
    width, pac, batch, latent = 32, 10, 500, 128
    g = mlp([latent, 256, 256, width], nn.ReLU).to(device)
    d = mlp([width * pac, 256, 256, 1], nn.ReLU).to(device)
    adam = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.9))
    x = torch.randn(batch, width, device=device)

    def step():
        adam.zero_grad()
        real = x.view(-1, width * pac)
        with torch.no_grad():
            fake = g(torch.randn(batch, latent, device=device)).view(-1, width * pac)
        mixed = (real + (fake - real) * torch.rand(len(real), 1, device=device)).requires_grad_(True)
        slopes = torch.autograd.grad(d(mixed).sum(), mixed, create_graph=True)[0]
        norm = (slopes.square().sum(1) + 1e-12).sqrt()
        loss = d(fake).mean() - d(real).mean() + 10 * (norm - 1).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


def noise_teller(batch, sizes, activation, device, timed):
    """A step of a net that tells the noise from the noisy row: mixed by a random time that it sees too, or simply added."""
    net = mlp(sizes, activation).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x = torch.randn(batch, sizes[-1], device=device)

    def step():
        adam.zero_grad()
        e = torch.randn_like(x)
        if timed:
            t = torch.rand(batch, 1, device=device)
            noisy = torch.cat([x * (1 - t).sqrt() + e * t.sqrt(), t], 1)
        else:
            noisy = x + e
        loss = (net(noisy) - e).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


def denoiser(device):
    """Four-layer SiLU denoiser: rows of width 32 and a time, hidden 256, batch 512, Adam."""
    return noise_teller(512, [33, 256, 256, 256, 32], nn.SiLU, device, timed=True)


def toy(device):
    """2-D toy: MLP 2-64-64-2, ReLU, the noise of points told from their sum, batch 128, Adam."""
    return noise_teller(128, [2, 64, 64, 2], nn.ReLU, device, timed=False)


def measure(step, device, seconds):
    """Median milliseconds of a step over at least `seconds`, after a warm-up."""
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    for _ in range(10):
        step()
    wait()
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or len(times) < 5:
        began = time.perf_counter()
        # Ten at a time, so that a GPU is asked to wait only now and then, as in real training.
        for _ in range(10):
            step()
        wait()
        times.append((time.perf_counter() - began) * 100)
    return {"ms": round(statistics.median(times), 4)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    device = arguments.device
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    results = {"torch": torch.__version__, "threads": torch.get_num_threads(), "device": name}
    steps = {}
    for make in (ref, critic, denoiser, toy):
        steps[make.__name__] = measure(make(device), device, arguments.seconds)
    # Asked now, when it is certainly loaded.
    library = blas()
    if device == "cpu" and library["reference"]:
        print(
            f"PyTorch multiplies with the reference BLAS here ({library['path']}), several times slower than it can: "
            "these figures flatter whatever they are compared with. On Debian: apt-get install libopenblas0",
            file=sys.stderr,
        )
    results.update(blas={**library, "core": coreType}, **steps)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
