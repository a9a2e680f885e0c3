"""Results for docs/examples/capacity.yaml by a formula that is known, so that one can see what an analysis finds of it.
usage: /usr/bin/python3 example.py design.csv > results.csv"""
import csv, random, sys

random.seed(4)
rows = list(csv.DictReader(open(sys.argv[1])))
soaks = {}
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["run", "whole_plot", "Temperature [degC]", "C_Rate [1/h]", "Rest [min]", "Capacity"])
for row in rows:
    t = (float(row["Temperature [degC]"]) - 22.5) / 22.5
    c = (float(row["C_Rate [1/h]"]) - 1.1) / 0.9
    soak = soaks.setdefault(row["whole_plot"], random.gauss(0, 0.03))
    capacity = 4.60 + 0.35 * t - 0.20 * t * t - 0.25 * c - 0.06 * c * c + 0.12 * t * c
    values = [row[name] for name in ["run", "whole_plot", "Temperature [degC]", "C_Rate [1/h]", "Rest [min]"]]
    out.writerow([*values, f"{capacity + soak + random.gauss(0, 0.02):.3f}"])
