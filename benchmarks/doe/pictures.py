"""Pictures of docs/doe.md from what `doe --out` and `doe analyse --out` write, with matplotlib (Debian: python3-matplotlib).
usage: /usr/bin/python3 pictures.py DESIGN_FOLDER ANALYSIS_FOLDER PICTURES_FOLDER"""
import csv, json, statistics, sys
import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

design, analysis, pictures = sys.argv[1:4]
plt.rcParams.update({"svg.hashsalt": "voltwin", "svg.fonttype": "none", "font.size": 9, "font.family": "sans-serif"})
plan = json.load(open(f"{design}/design.json"))
found = json.load(open(f"{analysis}/analysis.json"))
names = [factor["name"] for factor in plan["specification"]["factors"]]


def save(figure, name):
    figure.tight_layout()
    figure.savefig(f"{pictures}/{name}.svg", metadata={"Date": None})
    plt.close(figure)


# Runs, coloured by whole plot.
figure, axis = plt.subplots(figsize=(4.6, 3.4))
plots = [run["wholePlot"] for run in plan["runs"]]
shown = axis.scatter([r["values"][names[0]] for r in plan["runs"]], [r["values"][names[1]] for r in plan["runs"]],
                     c=plots, cmap="viridis", s=26, alpha=0.85)
axis.set(xlabel=names[0], ylabel=names[1])
if max(plots) > 0:
    figure.colorbar(shown, label="whole plot")
save(figure, "doe-runs")

# Coefficients with their confidence intervals.
terms = [c for c in found["coefficients"] if c["name"] != "constant" and "low" in c]
figure, axis = plt.subplots(figsize=(4.6, 0.3 * len(terms) + 1))
for i, c in enumerate(reversed(terms)):
    sure = c["low"] > 0 or c["high"] < 0
    axis.plot([c["low"], c["high"]], [i, i], color="tab:blue" if sure else "0.6", linewidth=2)
    axis.plot(c["value"], i, "o", color="tab:blue" if sure else "0.6", markersize=4)
axis.axvline(0, color="0.3", linewidth=0.7)
axis.set_yticks(range(len(terms)), [c["name"] for c in reversed(terms)])
axis.set_xlabel(f"coefficient of the coded factor on {found['response']}")
save(figure, "doe-effects")

# Residuals: against the fitted value, and against normal scores.
rows = list(csv.DictReader(open(f"{analysis}/residuals.csv")))
figure, (left, right) = plt.subplots(1, 2, figsize=(6.6, 3))
left.plot([float(r["fitted"]) for r in rows], [float(r["studentised"]) for r in rows], "o", markersize=4)
left.axhline(0, color="0.3", linewidth=0.7)
left.set(xlabel="fitted", ylabel="studentised residual")
ordered = sorted(float(r["studentised"]) for r in rows)
normal = statistics.NormalDist()
scores = [normal.inv_cdf((i + 0.625) / (len(ordered) + 0.25)) for i in range(len(ordered))]
right.plot(scores, ordered, "o", markersize=4)
right.plot([-2.5, 2.5], [-2.5, 2.5], color="0.3", linewidth=0.7)
right.set(xlabel="normal score", ylabel="studentised residual")
save(figure, "doe-residuals")
