"""The laboratory week of docs/doe.md: each run of a design is a test, each whole plot one soak of a chamber.
usage: week.py DESIGN.csv > capacity-week.json
"""
import csv
import json
import sys

WEEK = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"]


def test(row):
    rate = float(row["C_Rate [1/h]"])
    minutes = round(60 * (2 + 2 / rate))
    return {"id": f"run-{int(row['run']):02d}", "level": "cell", "capabilities": ["electrical"],
            "currentAmperes": round(5 * rate, 3), "powerWatts": round(21 * rate, 1),
            "temperatureCelsius": float(row["Temperature [degC]"]), "minFidelity": 1, "setUp": "PT30M",
            "run": f"PT{minutes}M", "tearDown": "PT15M", "due": "2026-03-06T17:00:00Z", "weight": 1,
            "wholePlot": f"plot-{row['whole_plot']}"}


def technician(name, start, end):
    return {"id": name, "shifts": {"zone": "Europe/Berlin",
                                   "week": {day: [{"from": start, "to": end}] for day in WEEK}}}


with open(sys.argv[1]) as file:
    tests = [test(row) for row in csv.DictReader(file)]
print(json.dumps({
    "now": "2026-03-02T06:00:00Z", "zone": "Europe/Berlin",
    "chambers": [{"id": f"chamber-{i}", "minCelsius": -20, "maxCelsius": 60, "startCelsius": 25, "degreesPerHour": 30}
                 for i in (1, 2)],
    "benches": [{"id": f"bench-{i}", "kind": "physical", "levels": ["cell"], "capabilities": ["electrical"],
                 "maxCurrentAmperes": 20, "channels": 4, "chamber": f"chamber-{i}", "speed": 1, "fidelity": 1,
                 "closures": [{"from": "2026-03-03T08:00:00Z", "to": "2026-03-03T10:00:00Z", "reason": "calibration"}]
                 if i == 2 else []} for i in (1, 2)],
    "technicians": [technician("Ada", "06:00", "14:00"), technician("Ben", "12:00", "20:00")],
    "holidays": ["2026-03-04"], "tests": tests}, indent=1))
