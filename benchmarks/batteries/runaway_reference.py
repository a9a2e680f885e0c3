"""Reference curves for thermal runaway in an oven (cosim-bridge/src/main/c/parts/runaway.h): the same published kinetics
(Hatchard et al. 2001, Kim et al. 2007) on the same lumped cell, solved by SciPy's stiff solver Radau.

usage: runaway_reference.py FOLDER    writes oven-<degC>.csv: Time [s], Temperature [degC]; a cell of 25 degC is put into
an oven; 61.2 J/K, 0.0531 W/K
"""
import pathlib
import sys

import numpy as np
import scipy
from scipy.integrate import solve_ivp

VOLUME, HEAT_CAPACITY, COOLING, R = 2.0e-5, 61.2, 0.0531, 8.314


def slope(oven):
    def f(_, y):
        sei, neg, layer, pos, ele, celsius = y
        rt = R * (celsius + 273.15)
        a = 1.667e15 * np.exp(-135080 / rt) * sei
        b = 2.5e13 * np.exp(-layer / 0.033) * np.exp(-135080 / rt) * neg
        c = 6.667e13 * np.exp(-139600 / rt) * pos * (1 - pos)
        d = 5.14e25 * np.exp(-274000 / rt) * ele
        watts = VOLUME * (257e3 * 610.4 * a + 1714e3 * 610.4 * b + 314e3 * 1221 * c + 155e3 * 406.9 * d)
        return [-a, -b, b, c, -d, (watts - COOLING * (celsius - oven)) / HEAT_CAPACITY]
    return f


def oven_test(oven, hours=2):
    times = np.arange(0, hours * 3600 + 1, 60.0)
    start = [0.15, 0.75, 0.033, 0.04, 1, 25]
    solution = solve_ivp(slope(oven), (0, times[-1]), start, method="Radau", rtol=1e-9, atol=1e-12, t_eval=times)
    return times, solution.y[-1]


if __name__ == "__main__":
    for oven in (130, 150, 160, 180):
        times, celsius = oven_test(oven)
        with open(pathlib.Path(sys.argv[1]) / f"oven-{oven}.csv", "w") as out:
            out.write(f"# benchmarks/batteries/runaway_reference.py, scipy {scipy.__version__}; oven of {oven} degC\n")
            out.write("Time [s],Temperature [degC]\n")
            for t, v in zip(times, celsius):
                out.write(f"{t:.0f},{v:.6f}\n")
        print(oven, "degC: hottest", celsius.max().round(1), "at", times[celsius.argmax()])
