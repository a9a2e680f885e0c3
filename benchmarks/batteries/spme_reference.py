"""Reference curves for the single-particle model with electrolyte (cosim-bridge/src/main/c/spme/spme.c).

Solves the same equations (Marquis et al. 2019) with the same published parameters (Chen et al. 2020, Nyman et al.
2008) by other means: even Chebyshev collocation in the particles, a finer grid in the electrolyte, and SciPy's
stiff solver BDF with tight tolerances. Isothermal at 25 degC. Needs numpy and scipy (Debian: python3-scipy).

usage: spme_reference.py FOLDER    writes spme-<rate>.csv: Time [s], Voltage [V]; a discharge from 4.2 V of
open-circuit voltage, until 2.5 V
"""
import pathlib
import sys

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

F, R, T = 96485.33212, 8.314462618, 298.15
AREA, TP = 0.065 * 1.58, 0.2594
LN, LS, LP = 85.2e-6, 12e-6, 75.6e-6
EN, ES, EP = 0.25, 0.47, 0.335
RN, RP = 5.86e-6, 5.22e-6
AN, AP = 3 * 0.75 / RN, 3 * 0.665 / RP
CN, CP = 33133.0, 63104.0
DN, DP = 3.3e-14, 4e-15
MN, MP = 6.48e-7, 3.42e-6
SN, SP = 215.0, 0.18


def un(x):
    return (1.9793 * np.exp(-39.3631 * x) + 0.2482 - 0.0909 * np.tanh(29.8538 * (x - 0.1234))
            - 0.04478 * np.tanh(14.9159 * (x - 0.2769)) - 0.0205 * np.tanh(30.4444 * (x - 0.6103)))


def up(y):
    return (-0.8090 * y + 4.4875 - 0.0428 * np.tanh(18.5138 * (y - 0.5542))
            - 17.7326 * np.tanh(15.7890 * (y - 0.3117)) + 17.5842 * np.tanh(15.9308 * (y - 0.3120)))


def de(c):
    x = c / 1000
    return 8.794e-11 * x ** 2 - 3.972e-10 * x + 4.862e-10


def kappa(c):
    x = c / 1000
    return 0.1297 * x ** 3 - 2.51 * x ** 1.5 + 3.329 * x


# Cyclable lithium in units of the electrodes' capacities, from the paper's initial concentrations.
QN, QP = CN * 0.75 * LN, CP * 0.665 * LP
LITHIUM = 29866 / CN * QN + 17038 / CP * QP
Y100 = brentq(lambda y: up(y) - un((LITHIUM - y * QP) / QN) - 4.2, 0.2, 0.5)
X100 = (LITHIUM - Y100 * QP) / QN
Y0 = brentq(lambda y: up(y) - un((LITHIUM - y * QP) / QN) - 2.5, 0.6, 0.9)
X0 = (LITHIUM - Y0 * QP) / QN
CAPACITY = (Y0 - Y100) * QP * AREA * F / 3600  # Ah


def chebyshev(n):
    """Differentiation matrix on n + 1 Chebyshev points from 1 to -1 (Trefethen)."""
    x = np.cos(np.pi * np.arange(n + 1) / n)
    c = np.hstack([2, np.ones(n - 1), 2]) * (-1) ** np.arange(n + 1)
    dx = x[:, None] - x[None, :] + np.eye(n + 1)
    d = np.outer(c, 1 / c) / dx
    return x, d - np.diag(d.sum(axis=1))


class Particle:
    """c(r) even in r: unknowns on the positive half of an odd-numbered grid over the diameter, the surface left out."""

    def __init__(self, radius, diffusivity, n=61):
        x, d = chebyshev(n)
        half = (n + 1) // 2
        d1, d2 = d, d @ d
        fold = lambda m: m[:half, :half] + m[:half, ::-1][:, :half]
        self.first, second = fold(d1) / radius, fold(d2) / radius ** 2
        r = x[:half] * radius
        self.operator = diffusivity * (second + (2 / r)[:, None] * self.first)
        self.diffusivity, self.size = diffusivity, half - 1

    def whole(self, inner, flux):
        """Adds the surface value, at which -D dc/dr is the flux out of the particle."""
        surface = (-flux / self.diffusivity - self.first[0, 1:] @ inner) / self.first[0, 0]
        return np.concatenate([[surface], inner])

    def slope(self, inner, flux):
        return (self.operator @ self.whole(inner, flux))[1:]


def discharge(rate, soc=1.0, times=None):
    """Times and voltages of a discharge from rest; at the given times, or every 30 s to the cut-off."""
    amperes = rate * 5.0
    i = amperes / AREA
    neg, pos = Particle(RN, DN), Particle(RP, DP)
    n1, n2, n3 = 60, 20, 60
    widths = np.concatenate([np.full(n1, LN / n1), np.full(n2, LS / n2), np.full(n3, LP / n3)])
    eps = np.concatenate([np.full(n1, EN), np.full(n2, ES), np.full(n3, EP)])
    source = (1 - TP) / F * np.concatenate([np.full(n1, i / LN), np.zeros(n2), np.full(n3, -i / LP)])
    flux_n, flux_p = i / (AN * LN) / F, -i / (AP * LP) / F

    def split(y):
        return y[:neg.size], y[neg.size:neg.size + pos.size], y[neg.size + pos.size:]

    def slope(_, y):
        a, b, ce = split(y)
        resistance = widths / 2 / (eps ** 1.5 * de(ce))
        flow = np.concatenate([[0], -(ce[1:] - ce[:-1]) / (resistance[1:] + resistance[:-1]), [0]])
        return np.concatenate([neg.slope(a, flux_n), pos.slope(b, flux_p),
                               ((flow[:-1] - flow[1:]) / widths + source) / eps])

    def voltage(y):
        a, b, ce = split(y)
        cn, cp = neg.whole(a, flux_n)[0], pos.whole(b, flux_p)[0]
        en, es, ep = ce[:n1], ce[n1:n1 + n2], ce[n1 + n2:]
        j0n = MN * np.mean(np.sqrt(en)) * np.sqrt(cn * (CN - cn))
        j0p = MP * np.mean(np.sqrt(ep)) * np.sqrt(cp * (CP - cp))
        thermal = 2 * R * T / F
        ohmic = (LN / (3 * EN ** 1.5 * kappa(en.mean())) + LS / (ES ** 1.5 * kappa(es.mean()))
                 + LP / (3 * EP ** 1.5 * kappa(ep.mean())) + LN / (3 * SN) + LP / (3 * SP))
        return (up(cp / CP) - un(cn / CN)
                - thermal * np.arcsinh(i / (AN * LN) / (2 * j0n)) - thermal * np.arcsinh(i / (AP * LP) / (2 * j0p))
                + thermal * (1 - TP) * (np.log(ep).mean() - np.log(en).mean()) - i * ohmic)

    start = np.concatenate([np.full(neg.size, CN * (X0 + soc * (X100 - X0))),
                            np.full(pos.size, CP * (Y0 + soc * (Y100 - Y0))),
                            np.full(widths.size, 1000.0)])
    cut = lambda _, y: voltage(y) - 2.5
    cut.terminal = True
    end = 1.1 * 3600 / rate if times is None else times[-1]
    solution = solve_ivp(slope, (0, end), start, method="BDF", rtol=1e-8, atol=1e-6, events=cut, dense_output=True)
    if times is not None:
        times = times[times <= solution.t[-1]]
        return times, np.array([voltage(solution.sol(t)) for t in times])
    times = np.append(np.arange(30, solution.t[-1], 30), solution.t[-1])
    return times, np.array([voltage(solution.sol(t)) for t in times])


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    for name, rate in (("c2", 0.5), ("1c", 1.0)):
        times, volts = discharge(rate)
        with open(folder / f"spme-{name}.csv", "w") as out:
            out.write(f"# benchmarks/batteries/spme_reference.py, scipy {scipy.__version__}; discharge at {rate} C of 5 Ah\n")
            out.write("Time [s],Voltage [V]\n")
            for t, v in zip(times, volts):
                out.write(f"{t:.6f},{v:.9f}\n")
        print(name, "ends at", times[-1], "s")
