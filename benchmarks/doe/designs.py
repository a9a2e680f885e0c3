"""Figures of Voltwin's designs beside those of independent tools, all computed here by the same functions.
usage: /usr/bin/python3 designs.py FOLDER   (Debian: python3-scipy python3-openturns r-cran-lhs)"""
import itertools, os, subprocess, sys, time, warnings
import numpy as np
from scipy.spatial.distance import pdist
from scipy.stats import qmc

warnings.simplefilter("ignore")  # Sobol sequences with other than a power of two runs are meant
folder = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))


def ours(name):
    with open(os.path.join(folder, name + ".csv")) as f:
        seconds = float(f.readline()[1:])
        return np.loadtxt(f, delimiter=",", ndmin=2), seconds


def quadratic(x):
    k = x.shape[1]
    pairs = [x[:, i] * x[:, j] for i, j in itertools.combinations_with_replacement(range(k), 2)]
    return np.column_stack([np.ones(len(x)), x, *pairs])


def efficiency(x):
    m = quadratic(x)
    sign, log = np.linalg.slogdet(m.T @ m)
    return 100 * np.exp(log / m.shape[1]) / len(x) if sign > 0 else 0.0


def exchange(k, n, starts, rng):
    """Fedorov's exchange over the three-level grid, the plain way, as a yardstick written apart from Voltwin."""
    grid = np.array(list(itertools.product([-1, 0, 1], repeat=k)), float)
    f = quadratic(grid)
    best = 0
    for _ in range(starts):
        rows = list(rng.integers(len(grid), size=n))
        improved = True
        while improved:
            improved = False
            for i in range(n):
                m = f[rows]
                rest = np.delete(m, i, 0)
                info = rest.T @ rest + 1e-9 * np.eye(f.shape[1])
                inverse = np.linalg.inv(info)
                gain = np.einsum("ij,jk,ik->i", f, inverse, f)
                j = int(np.argmax(gain))
                if gain[j] > gain[rows[i]] * (1 + 1e-9):
                    rows[i] = j
                    improved = True
        best = max(best, efficiency(grid[rows]))
    return best


rng = np.random.default_rng(1)
published = {6: 42.312, 7: 45.029, 8: 45.616, 9: 46.224, 10: 45.989}
print("D-optimal, quadratic, 2 factors: 100 |X'X|^(1/p) / N")
print(f"{'N':>4} {'Voltwin':>10} {'published':>10} {'grid exchange':>14} {'ratio':>8}")
for n in range(6, 11):
    x, s = ours(f"optimal-2-{n}")
    other = exchange(2, n, 20, rng)
    print(f"{n:4d} {efficiency(x):10.3f} {published[n]:10.3f} {other:14.3f} {efficiency(x) / other:8.4f}")
x, seconds = ours("optimal-10-80")
print(f"10 factors, quadratic, N = 80, 20 starts: {seconds:.2f} s (goal 5 s), D {efficiency(x):.3f}\n")


def hypercubes(k, n):
    import openturns as ot

    ot.RandomGenerator.SetSeed(1)
    uniform = ot.ComposedDistribution([ot.Uniform(0, 1)] * k)

    def annealed(criterion):
        lhs = ot.LHSExperiment(uniform, n)
        lhs.setAlwaysShuffle(True)
        return np.array(ot.SimulatedAnnealingLHS(lhs, criterion).generate())

    yield "openturns annealed minDist", lambda: annealed(ot.SpaceFillingMinDist())
    yield "openturns annealed PhiP", lambda: annealed(ot.SpaceFillingPhiP())
    yield "openturns annealed C2", lambda: annealed(ot.SpaceFillingC2())
    yield "scipy random-cd", lambda: qmc.LatinHypercube(k, scramble=False, optimization="random-cd", seed=1).random(n)
    yield "scipy Sobol", lambda: qmc.Sobol(k, seed=1).random(n)
    for kind in ["maximinLHS", "geneticLHS", "improvedLHS"]:
        yield "R lhs " + kind, lambda kind=kind: fromR(kind, n, k)


def fromR(kind, n, k):
    extra = ", pop=50, gen=20" if kind == "geneticLHS" else ', method="iterative", maxIter=1000' if kind == "maximinLHS" else ""
    code = f'set.seed(1); t <- system.time(d <- lhs::{kind}({n}, {k}{extra})); cat(t[[1]], "\\n"); write.table(d, row.names=FALSE, col.names=FALSE)'
    out = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout.split("\n", 1)
    global inner
    inner = float(out[0])
    return np.array([line.split() for line in out[1].strip().split("\n")], float)


print("Latin hypercubes and sequences: smallest distance (larger is better), centred L2 discrepancy (smaller is better)")
for k, n in [(2, 14), (3, 20), (5, 50), (8, 80)]:
    print(f"{n} runs, {k} factors {'distance':>22} {'ratio':>7} {'discrepancy':>12} {'ratio':>7} {'seconds':>8}")
    base = {}
    for name in ["maximin", "even", "sobol"]:
        x, s = ours(f"{name}-{k}-{n}")
        base[name] = (pdist(x).min(), qmc.discrepancy(x, method="CD"), s)
        print(f"  {'Voltwin ' + name:30} {base[name][0]:10.4f} {'':7} {base[name][1]:12.6f} {'':7} {s:8.2f}")
    for name, make in hypercubes(k, n):
        inner = None
        start = time.process_time()
        try:
            x = np.clip(make(), 0, 1)
        except Exception as problem:  # a tool that is not installed is left out, and said so
            print(f"  {name:30} not available: {str(problem).splitlines()[0][:60]}")
            continue
        s = inner if inner is not None else time.process_time() - start
        d, c = pdist(x).min(), qmc.discrepancy(x, method="CD")
        print(f"  {name:30} {d:10.4f} {base['maximin'][0] / d:7.2f} {c:12.6f} {c / base['even'][1]:7.2f} {s:8.2f}")
print("ratios: Voltwin's best over theirs, above 1 means Voltwin's is better")
