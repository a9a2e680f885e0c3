"""Equivalent-circuit parameters of the LG M50 as a function of the state of charge.

No table of R and C for this cell was found whose figures could be cited, so the circuit is a reduction of the published
electrochemical parameters (Chen et al. 2020): at each state of charge the single-particle model with electrolyte
(spme_reference.py) is discharged from rest at C/2 for 15 minutes, and OCV(SoC) - I (R0 + R1 (1 - exp(-t/tau1)) +
R2 (1 - exp(-t/tau2))) is fitted to its voltage by non-negative least squares. Prints a C header.

usage: ecm_from_spme.py > cosim-bridge/src/main/c/parts/lgm50_ecm.h
"""
import numpy as np
from scipy.optimize import nnls

import spme_reference as spme

RATE, TAU1, TAU2 = 0.5, 30.0, 600.0
GRID = np.linspace(0, 1, 11)
INNER = np.array([0.08, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])


def ocv(soc):
    return spme.up(spme.Y0 + soc * (spme.Y100 - spme.Y0)) - spme.un(spme.X0 + soc * (spme.X100 - spme.X0))


def fit(soc):
    wanted = np.concatenate([[0.05], np.arange(1, 30, 1.0), np.arange(30, 901, 10.0)])
    times, volts = spme.discharge(RATE, soc, wanted)
    amperes = RATE * 5
    drop = (ocv(soc - amperes * times / 3600 / spme.CAPACITY) - volts) / amperes
    columns = np.stack([np.ones_like(times), 1 - np.exp(-times / TAU1), 1 - np.exp(-times / TAU2)], axis=1)
    answer, _ = nnls(columns, drop)
    return answer, 1e3 * amperes * np.sqrt(np.mean((columns @ answer - drop) ** 2))


if __name__ == "__main__":
    fits = [fit(soc) for soc in INNER]
    table = np.array([f[0] for f in fits])
    print("/* Made by benchmarks/batteries/ecm_from_spme.py from the parameters of Chen et al. 2020; Ohm at 25 degC, for states")
    print(f" * of charge 0, 0.1 ... 1 (0 stands for 0.08, and 1 for 0.95). Error of the fit at C/2, RMS, mV:")
    print(" * " + ", ".join(f"{f[1]:.1f}" for f in fits) + " */")
    print("#ifndef VOLTWIN_LGM50_ECM_H\n#define VOLTWIN_LGM50_ECM_H")
    print("enum { ECM_POINTS = 11 };")
    print(f"static const double ECM_TAU1 = {TAU1:g}, ECM_TAU2 = {TAU2:g}; /* s */")
    for name, column in zip(("R0", "R1", "R2"), table.T):
        print(f"static const double ECM_{name}[ECM_POINTS] = {{" + ", ".join(f"{v:.5f}" for v in column) + "};")
    print("#endif")
