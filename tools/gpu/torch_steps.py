"""Times optimizer steps of PyTorch beside those of blrc, on the same GPU.

    python3 torch_steps.py BLRC.csv [PARAMETERS ...]

BLRC.csv is what the benchmark has written; without sizes, they are those of that file. Prints the
times of both, and what they come to: whether the targets are met. The exit status is 1 if one is
not.
"""

import csv
import math
import sys

import torch

REPEATS = 30
LONG_ENOUGH = 2.0  # milliseconds that a repeat takes at least
BEYOND_CACHES = 1 << 29  # bytes


def repeat(works, rounds):
    start = torch.cuda.Event(enable_timing=True)
    end = torch.cuda.Event(enable_timing=True)
    start.record()
    for _ in range(rounds):
        for work in works:
            work()
    end.record()
    end.synchronize()
    return start.elapsed_time(end) / (rounds * len(works))


def median(works):
    for _ in range(3):  # compiled code is made in the first ones
        repeat(works, 1)
    once = max(1e-4, repeat(works, 1))
    rounds = math.ceil(LONG_ENOUGH / (once * len(works)))
    times = sorted(repeat(works, rounds) for _ in range(REPEATS))
    return times[REPEATS // 2]


def parameter(size):
    p = torch.zeros(size, device="cuda", requires_grad=True)
    p.grad = torch.randn(size, device="cuda")
    return p


def adam(size, **how):
    return torch.optim.Adam([parameter(size)], lr=1e-3, **how).step


def rmsprop(size):
    """RMSprop as one compiled function: PyTorch's own fastest form of it."""
    p = torch.zeros(size, device="cuda")
    s = torch.zeros(size, device="cuda")
    g = torch.randn(size, device="cuda")

    @torch.compile
    def step(p, s, g):
        s.mul_(0.99).addcmul_(g, g, value=0.01)
        p.addcdiv_(g, s.sqrt().add_(1e-8), value=-1e-3)

    return lambda: step(p, s, g)


def ivon(size):
    """IVON from its equations (Shen et al., 2024), eagerly: the step, and the sample after it."""
    m = torch.zeros(size, device="cuda")
    h = torch.ones(size, device="cuda")
    v = torch.zeros(size, device="cuda")
    g = torch.randn(size, device="cuda")
    count, delta, rho, beta, alpha = 1e4, 1e-4, 1e-5, 0.9, 1e-3
    state = {"eps": torch.randn_like(m), "t": 0}

    def step():
        state["t"] += 1
        scale = torch.sqrt(count * (h + delta))
        difference = scale * state["eps"] * g - h
        h.add_(rho * difference + 0.5 * rho**2 * difference**2 / (h + delta))
        v.mul_(beta).add_((1 - beta) * g)
        debiased = v / (1 - beta ** state["t"])
        m.sub_(alpha * (debiased + delta * m) / (h + delta))
        state["eps"] = torch.randn_like(m)
        return m + state["eps"] / torch.sqrt(count * (h + delta))

    return step


# What each has to move at least, in bytes a parameter.
CONTESTANTS = {
    "adam, fused": (lambda n: adam(n, fused=True), 28),
    "adam, foreach": (lambda n: adam(n, foreach=True), 28),
    "rmsprop, compiled": (rmsprop, 20),
    "ivon, eager": (ivon, 32),
}


def measure(make, size, bytes_each):
    turns = max(1, min(64, BEYOND_CACHES // (bytes_each * size)))
    try:
        return median([make(size) for _ in range(turns)])
    except torch.cuda.OutOfMemoryError:
        return math.nan
    finally:
        torch.cuda.empty_cache()


def main(arguments):
    with open(arguments[0], encoding="utf-8") as file:
        ours = {(row["step"], int(row["parameters"])): row for row in csv.DictReader(file)}
    sizes = [int(size) for size in arguments[1:]] or sorted({size for _, size in ours})
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}")
    print(f"{'step':18} {'parameters':>12} {'ms':>10} {'GB/s':>9}")
    theirs = {}
    for name, (make, bytes_each) in CONTESTANTS.items():
        for size in sizes:
            time = measure(make, size, bytes_each)
            theirs[name, size] = time
            print(f"{name:18} {size:12d} {time:10.4f} {bytes_each * size / time * 1e-6:9.0f}", flush=True)
    missed = 0

    def target(text, value, met):
        nonlocal missed
        missed += not met
        print(f"{'met   ' if met else 'MISSED'} {text}: {value:.2f}")

    for (step, size), row in ours.items():
        time = float(row["milliseconds"])
        if size >= 10_000_000:
            share = float(row["copy_milliseconds"]) / time
            target(f"{step} of {size}: share of the copy's bandwidth, at least 0.92", share, share >= 0.92)
        if step == "adam" and size in sizes:
            ratio = theirs["adam, fused", size] / time
            target(f"adam of {size}: times as fast as fused Adam, at least 1", ratio, ratio >= 1)
        if step == "ivon" and size in sizes:
            ratio = theirs["ivon, eager", size] / time
            target(f"ivon of {size}: times as fast as eager IVON, at least 8", ratio, ratio >= 8)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
