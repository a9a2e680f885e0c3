"""Learns the terminal voltage of an LG M50 from simulated measurements and writes it as a C header.

What is learned from: the single-particle model with electrolyte (cosim-bridge/src/main/c/spme) stands for the cell on the
bench. Its voltage is recorded under a random current (held for 1 s to 30 min, charges and discharges up to 1C, rests),
under constant currents from full and from empty, all at 25 degC. Nothing of the model's inside is used: the features are
the charge counted from a full cell, the current, and the current through four low-pass filters, which any bench can
compute.

What is learned: V = b + sum_k w_k tanh(a_k + sum_j W_kj x_j), weights by L-BFGS on the squared error, started from a fixed
seed. The header states the errors on other random currents (another seed), and on discharges that the reference solver
spme_reference.py made, which shares no code with the model learned from. Run again on the same versions it gives the same
header; on others the digits may differ, the errors not.

usage: learn_cell.py SPME_SO > cosim-bridge/src/main/c/parts/learned_cell.h
SPME_SO: cosim-bridge/target/fmus/spme/binaries/x86_64-linux/spme.so. Needs numpy and scipy (Debian: python3-scipy).
"""
import ctypes
import pathlib
import sys

import numpy as np
import scipy
from scipy.optimize import minimize

CAPACITY, NOMINAL = 5.1532, 5.0  # Ah
TAUS = np.array([8.0, 60.0, 400.0, 2500.0])  # s
HIDDEN, SEED, ITERATIONS = 24, 20261121, 3000
CURRENT, VOLTAGE, SOC, INITIAL_SOC, COOLING = 1, 3, 4, 8, 11  # value references of spme
REFERENCES = pathlib.Path(__file__).parents[2] / "cosim-bridge/src/test/resources/org/voltwin/cosim/worker"


class Cell:
    """The FMU through its C interface."""

    def __init__(self, library, soc):
        self.fmu = ctypes.CDLL(library)
        self.fmu.fmi3InstantiateCoSimulation.restype = ctypes.c_void_p
        self.me = ctypes.c_void_p(self.fmu.fmi3InstantiateCoSimulation(
            b"cell", b"{voltwin-spme-1.0.0}", b"", False, False, False, False, None, ctypes.c_size_t(0), None, None, None))
        if not self.me:
            raise SystemExit("the library is not that of the model spme, version 1.0.0")
        self.set(INITIAL_SOC, soc)
        self.set(COOLING, 1e3)  # holds 25 degC
        double, flag = ctypes.c_double, ctypes.c_bool
        self.fmu.fmi3EnterInitializationMode(self.me, flag(False), double(0), double(0), flag(False), double(0))
        self.fmu.fmi3ExitInitializationMode(self.me)
        self.time, self.flags, self.reached = 0.0, (flag * 3)(), double()

    def set(self, reference, value):
        if self.fmu.fmi3SetFloat64(self.me, (ctypes.c_uint32 * 1)(reference), ctypes.c_size_t(1),
                                   (ctypes.c_double * 1)(value), ctypes.c_size_t(1)) != 0:
            raise RuntimeError(f"value reference {reference} does not take {value}")

    def get(self, reference):
        value = (ctypes.c_double * 1)()
        self.fmu.fmi3GetFloat64(self.me, (ctypes.c_uint32 * 1)(reference), ctypes.c_size_t(1), value, ctypes.c_size_t(1))
        return value[0]

    def step(self, seconds):
        at = ctypes.addressof(self.flags)
        status = self.fmu.fmi3DoStep(self.me, ctypes.c_double(self.time), ctypes.c_double(seconds), ctypes.c_bool(False),
                                     ctypes.c_void_p(at), ctypes.c_void_p(at + 1), ctypes.c_void_p(at + 2),
                                     ctypes.byref(self.reached))
        self.time += seconds
        return status == 0


class Bench:
    """Drives a cell in steps of a second and records features and voltage at some of them."""

    def __init__(self, library, soc):
        self.cell, self.filtered, self.charge = Cell(library, soc), np.zeros(len(TAUS)), soc * CAPACITY * 3600
        self.rows, self.decay = [], np.exp(-1 / TAUS)

    def second(self, amperes, record):
        self.cell.set(CURRENT, amperes)
        if not self.cell.step(1.0):
            return None
        self.charge += amperes
        self.filtered = amperes + (self.filtered - amperes) * self.decay
        volts = self.cell.get(VOLTAGE)
        if record:
            self.rows.append([self.charge / 3600 / CAPACITY, amperes, *self.filtered, volts])
        return volts


def wander(library, seed, hours):
    """A random current that keeps the cell between 2.5 and 4.25 V and visits all states of charge."""
    random = np.random.default_rng(seed)
    rows = []
    while hours > 0:
        bench = Bench(library, random.uniform(0.02, 1))
        left = int(min(hours, 6) * 3600)
        hours -= 6
        while left > 0:
            seconds = int(np.exp(random.uniform(0, np.log(1800))))
            amperes = 0.0 if random.random() < 0.2 else random.uniform(-NOMINAL, NOMINAL)
            every = max(1, seconds // 8)
            for k in range(min(seconds, left)):
                volts = bench.second(amperes, k < 2 or k % every == 0)
                if volts is None or (volts < 2.5 and amperes < 0) or (volts > 4.25 and amperes > 0):
                    break
            left -= seconds
            if volts is None:
                break
        rows += bench.rows
    return np.array(rows)


def constant(library, amperes, soc, every):
    bench, volts, k = Bench(library, soc), 3.7, 0
    while volts is not None and 2.5 <= volts <= 4.25 and k < 60 * 3600:
        volts = bench.second(amperes, k % every == 0 or (amperes < 0 and volts < 3.0 and k % 5 == 0))
        k += 1
    return np.array(bench.rows)


SCALE_OFFSET = np.array([0.5] + [0.0] * (1 + len(TAUS)))
SCALE_FACTOR = np.array([2.0] + [1 / NOMINAL] * (1 + len(TAUS)))


def unpack(p):
    n = SCALE_FACTOR.size
    inner = p[:HIDDEN * n].reshape(HIDDEN, n)
    return inner, p[HIDDEN * n:HIDDEN * (n + 1)], p[HIDDEN * (n + 1):-1], p[-1]


def predict(p, features):
    inner, bias, outer, offset = unpack(p)
    return np.tanh(((features - SCALE_OFFSET) * SCALE_FACTOR) @ inner.T + bias) @ outer + offset


def learn(rows):
    x, y = (rows[:, :-1] - SCALE_OFFSET) * SCALE_FACTOR, rows[:, -1]

    def loss(p):
        inner, bias, outer, offset = unpack(p)
        h = np.tanh(x @ inner.T + bias)
        error = h @ outer + offset - y
        back = (error[:, None] * outer) * (1 - h * h)
        gradient = np.concatenate([(back.T @ x).ravel(), back.sum(axis=0), h.T @ error, [error.sum()]])
        return 0.5 * error @ error / y.size, gradient / y.size

    random = np.random.default_rng(SEED)
    n = x.shape[1]
    start = np.concatenate([random.normal(0, 1, HIDDEN * n), random.normal(0, 1, HIDDEN), np.zeros(HIDDEN), [y.mean()]])
    options = {"maxiter": ITERATIONS, "maxfun": 2 * ITERATIONS, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 40}
    return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def millivolts(error):
    return f"{1e3 * np.sqrt(np.mean(error ** 2)):.1f} RMS, {1e3 * np.abs(error).max():.0f} at most"


def reference(p, name, rate):
    """Against a discharge made by spme_reference.py, above 3 V and to its end."""
    table = np.loadtxt(REFERENCES / f"spme-{name}.csv", delimiter=",", skiprows=2)
    times, volts = table[:, 0], table[:, 1]
    amperes = -rate * NOMINAL
    features = np.column_stack([1 + amperes * times / 3600 / CAPACITY, np.full(times.size, amperes)]
                               + [amperes * (1 - np.exp(-times / tau)) for tau in TAUS])
    error = predict(p, features) - volts
    return f"{millivolts(error[volts > 3])} above 3 V; {millivolts(error)} in all"


def c_array(values):
    return "{" + ", ".join(f"{v:.9g}" for v in values) + "}"


def main(library):
    train = np.concatenate(
        [wander(library, SEED, 300)]
        + [constant(library, -rate * NOMINAL, 1.0, 20) for rate in (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)]
        + [constant(library, rate * NOMINAL, 0.0, 20) for rate in (0.1, 0.2, 0.35, 0.5, 0.75, 1.0)])
    held = wander(library, SEED + 1, 60)
    p = learn(train)
    inner, bias, outer, offset = unpack(p)
    error = predict(p, held[:, :-1]) - held[:, -1]
    above = held[:, -1] > 3
    print("/* Made by benchmarks/batteries/learn_cell.py; do not edit. numpy " + np.__version__ + ", scipy "
          + scipy.__version__ + ".\n"
          f" * Learned from {len(train)} rows of simulated measurements at 25 degC, up to 1C. Errors, mV:\n"
          f" *   rows learned from           {millivolts(predict(p, train[:, :-1]) - train[:, -1])}\n"
          f" *   other currents ({len(held)} rows) {millivolts(error[above])} above 3 V; {millivolts(error)} in all\n"
          f" *   discharge at C/2, SciPy     {reference(p, 'c2', 0.5)}\n"
          f" *   discharge at 1C, SciPy      {reference(p, '1c', 1.0)} */")
    print("#ifndef VOLTWIN_LEARNED_CELL_H\n#define VOLTWIN_LEARNED_CELL_H")
    print(f"enum {{ LEARNED_FILTERS = {len(TAUS)}, LEARNED_INPUTS = {2 + len(TAUS)}, LEARNED_HIDDEN = {HIDDEN} }};")
    print(f"static const double LEARNED_CAPACITY = {CAPACITY:g}, LEARNED_MOST_CURRENT = {NOMINAL:g}; /* Ah, A */")
    print(f"static const double LEARNED_TAU[LEARNED_FILTERS] = {c_array(TAUS)}; /* s */")
    print("/* of the charge, the current, and the filtered currents */")
    print(f"static const double LEARNED_CENTRE[LEARNED_INPUTS] = {c_array(SCALE_OFFSET)};")
    print(f"static const double LEARNED_SCALE[LEARNED_INPUTS] = {c_array(SCALE_FACTOR)};")
    print("static const double LEARNED_INNER[LEARNED_HIDDEN][LEARNED_INPUTS] = {")
    for row in inner:
        print(f"    {c_array(row)},")
    print("};")
    print(f"static const double LEARNED_BIAS[LEARNED_HIDDEN] = {c_array(bias)};")
    print(f"static const double LEARNED_OUTER[LEARNED_HIDDEN] = {c_array(outer)};")
    print(f"static const double LEARNED_OFFSET = {offset:.9g};")
    print("#endif")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
