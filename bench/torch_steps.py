#!/usr/bin/env python3
"""The engine benchmark's four training steps in PyTorch eager, for comparison.

Usage: python3 bench/torch_steps.py [--seconds S] [--device cpu|cuda]

Prints one JSON object: { "torch": version, "threads": 1, "device": name,
"ref" | "critic" | "denoiser" | "toy": { "ms": median milliseconds a step } }.
PyTorch is a peer to measure against and never a dependency of the project.
"""

import argparse
import json
import statistics
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed here (on Debian: apt-get install python3-torch).")


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
    """WGAN-GP critic of CTGAN's size: rows of width 32, batch 500, packs of 10, hidden 256-256, generator forward included."""
    width, pac, batch, latent = 32, 10, 500, 128
    g = mlp([latent, 256, 256, width], nn.ReLU).to(device)
    d = mlp([width * pac, 256, 256, 1], lambda: nn.LeakyReLU(0.2)).to(device)
    adam = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.9))
    real = torch.randn(batch, width, device=device)

    def step():
        adam.zero_grad()
        with torch.no_grad():
            fake = g(torch.randn(batch, latent, device=device)).view(-1, width * pac)
        packed = real.view(-1, width * pac)
        mix = torch.rand(packed.shape[0], 1, device=device)
        between = (mix * packed + (1 - mix) * fake).requires_grad_(True)
        slope = torch.autograd.grad(d(between).sum(), between, create_graph=True)[0].norm(2, dim=1)
        loss = d(fake).mean() - d(packed).mean() + 10 * (slope - 1).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


def denoiser(device):
    """Four-layer SiLU denoiser: rows of width 32 and a noise level, hidden 256, batch 512, Adam."""
    net = mlp([33, 256, 256, 256, 32], nn.SiLU).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x = torch.randn(512, 32, device=device)

    def step():
        adam.zero_grad()
        t = torch.rand(512, 1, device=device)
        e = torch.randn_like(x)
        noisy = torch.cos(t * 1.5708) * x + torch.sin(t * 1.5708) * e
        loss = (net(torch.cat([noisy, t], 1)) - e).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


def toy(device):
    """2-D toy: MLP 2-64-64-2, ReLU, mean squared error, batch 128, Adam."""
    net = mlp([2, 64, 64, 2], nn.ReLU).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    x = torch.randn(128, 2, device=device)

    def step():
        adam.zero_grad()
        loss = (net(x) - x).square().mean()
        loss.backward()
        adam.step()
        return loss

    return step


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
    for make in (ref, critic, denoiser, toy):
        results[make.__name__] = measure(make(device), device, arguments.seconds)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
