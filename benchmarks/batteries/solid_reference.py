"""Reference curves for the solid-state cell (cosim-bridge/src/main/c/solid/solid.c): the same equations by other means,
collocation in the particle and SciPy's solver BDF. Sources and limits stand at the head of solid.c. 25 degC.

usage: solid_reference.py FOLDER    writes solid-<rate>.csv: Time [s], Voltage [V]; a discharge from 100 % until 2.5 V
"""
import pathlib
import sys

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

import spme_reference as spme

THICKNESS, KAPPA, INTERFACE = 30e-6, 0.04, 2e-4  # m, S/m, Ohm m2
Y100 = brentq(lambda y: spme.up(y) - 4.2, 0.2, 0.5)
Y0 = 0.9084
CAPACITY = (Y0 - Y100) * spme.QP * spme.AREA * spme.F / 3600  # Ah


def potential(y):
    return spme.up(y) - 100 * np.maximum(0, y - Y0) / (Y0 - Y100)


def discharge(rate):
    i = 5.0 * rate / spme.AREA
    particle = spme.Particle(spme.RP, spme.DP)
    flux = -i / (spme.AP * spme.LP) / spme.F
    ohmic = THICKNESS / KAPPA + spme.LP / (3 * spme.EP ** 1.5 * KAPPA) + spme.LP / (3 * spme.SP) + INTERFACE

    def voltage(c):
        surface = particle.whole(c, flux)[0]
        j0 = spme.MP * np.sqrt(1000.0) * np.sqrt(max(surface * (spme.CP - surface), 1e-6))
        return (potential(surface / spme.CP)
                - 2 * spme.R * spme.T / spme.F * np.arcsinh(i / (spme.AP * spme.LP) / (2 * j0)) - i * ohmic)

    cut = lambda _, c: voltage(c) - 2.5
    cut.terminal = True
    start = np.full(particle.size, Y100 * spme.CP)
    solution = solve_ivp(lambda _, c: particle.slope(c, flux), (0, 1.3 * 3600 / rate), start, method="BDF",
                         rtol=1e-9, atol=1e-6, events=cut, dense_output=True)
    times = np.append(np.arange(12 / rate, solution.t[-1], 12 / rate), solution.t[-1])
    return times, np.array([voltage(solution.sol(t)) for t in times])


if __name__ == "__main__":
    print(f"Y100 {Y100:.17g}, capacity {CAPACITY:.6f} Ah")
    for name, rate in (("c10", 0.1), ("c3", 1 / 3)):
        times, volts = discharge(rate)
        with open(pathlib.Path(sys.argv[1]) / f"solid-{name}.csv", "w") as out:
            out.write(f"# benchmarks/batteries/solid_reference.py, scipy {scipy.__version__}; discharge at {rate:.4f} C of 5 Ah\n")
            out.write("Time [s],Voltage [V]\n")
            for t, v in zip(times, volts):
                out.write(f"{t:.6f},{v:.9f}\n")
        print(name, "ends at", times[-1], "s, first", volts[0], "middle", volts[len(volts) // 2])
