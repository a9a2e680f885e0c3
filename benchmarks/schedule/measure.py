"""Runs ./voltwin schedule on everything benchmarks/schedule/run.sh names, and prints one line for each."""
import copy
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import week

KNOWN = {"mk01": 40, "mk02": 26, "mk03": 204, "mk04": 60, "mk05": 172, "mk06": 57, "mk07": 139, "mk08": 523,
         "mk09": 307, "mk10": 189, "j301_1": 43, "j301_2": 47, "j301_3": 47, "j301_4": 62, "j301_5": 39, "j301_6": 48}

voltwin, seconds, threads, folder = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4]


def schedule(file, *options, effort=seconds):
    done = subprocess.run(
        [voltwin, "schedule", str(file), "--seconds", str(effort), "--threads", threads, "--json", *options],
        capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{file}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def incumbents(plan):
    return [event for event in plan["history"] if event["kind"] == "incumbent"]


def literature():
    for file in sorted(pathlib.Path(folder).glob("fjsp/*.txt")) + sorted(pathlib.Path(folder).glob("rcpsp/*.sm")):
        plan = schedule(file, "--format", "rcpsp" if file.suffix == ".sm" else "fjsp")
        known = KNOWN.get(file.stem)
        if known and plan["makespan"] < known:
            sys.exit(f"{file.stem}: a makespan below the best known is a bug")
        ratio = f"{plan['makespan'] / known:.3f} of best known" if known else ""
        print(f"{file.stem:10} makespan {plan['makespan']:6} bound {plan['lowerBound']:6} gap {plan['gap']:6.2%} "
              f"{plan['history'][-1]['seconds']:6.2f} s  {ratio}  plan {plan['planFrom']}, bound {plan['boundFrom']}")


def laboratory(count, seed, work):
    file = work / f"week-{count}-{seed}.json"
    file.write_text(json.dumps(week.week(count, seed)))
    plan = schedule(file)
    found = incumbents(plan)
    print(f"week {count:5} seed {seed}  first {found[0]['seconds']:5.2f} s ({found[0]['source']}), "
          f"makespan {plan['makespan'] / 3600:6.1f} h = {plan['makespan'] / 60 / found[0]['value']:.3f} of the first, "
          f"bound {plan['lowerBound'] / 3600:6.1f} h, gap {plan['gap']:6.2%}  "
          f"plan {plan['planFrom']}, bound {plan['boundFrom']}")
    return plan


def replan(name, problem, plan, work):
    """The plan goes on at hour 20 with something changed; one second, then the whole effort."""
    problem["now"] = week.instant(20)
    left = [a for a in plan["assignments"] if a["tearDownEnd"] > problem["now"]]
    ids = {a["test"] for a in left}
    problem["tests"] = [t for t in problem["tests"] if t["id"] in ids or t["id"] == "urgent"]
    for test in problem["tests"]:
        test["after"] = [before for before in test.get("after", []) if before in ids]
    (work / "replan.json").write_text(json.dumps(problem))
    (work / "plan.json").write_text(json.dumps({"assignments": left}))
    for effort in ("1", seconds):
        new = schedule(work / "replan.json", "--plan", str(work / "plan.json"), effort=effort)
        found = incumbents(new)
        print(f"replan: {name:22} {effort:>3} s  first {found[0]['seconds']:5.2f} s, {new['moved']} of {new['planned']} "
              f"tests moved, makespan {new['makespan'] / 3600 + 20:6.1f} h, lateness {new['weightedLatenessMinutes']} min")


def disturbances(plan, work):
    problem = week.week(200, 1)
    failed = copy.deepcopy(problem)
    failed["benches"][3]["closures"] = [{"from": week.instant(44), "to": week.instant(68), "reason": "repair"}]
    replan("bench 4 out for a day", failed, plan, work)
    overrun = copy.deepcopy(problem)
    running = next(a for a in plan["assignments"]
                   if a["setUpStart"] < week.instant(20) < a["end"] and a["bench"].startswith("bench"))
    late = copy.deepcopy(plan)
    for a in late["assignments"]:
        if a["test"] == running["test"]:
            for key in ("end", "tearDownStart", "tearDownEnd"):
                moment = datetime.datetime.strptime(a[key], "%Y-%m-%dT%H:%M:%SZ") + datetime.timedelta(hours=6)
                a[key] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    replan(f"{running['test']} runs 6 h over", overrun, late, work)
    urgent = copy.deepcopy(problem)
    urgent["tests"].append({"id": "urgent", "level": "cell", "capabilities": ["electrical"], "currentAmperes": 10,
                            "powerWatts": 500, "temperatureCelsius": 25, "minFidelity": 1, "setUp": "PT30M",
                            "run": "PT8H", "tearDown": "PT15M", "due": week.instant(44), "weight": 100})
    replan("an urgent test", urgent, plan, work)


with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    first = laboratory(200, 1, work)
    laboratory(200, 2, work)
    laboratory(200, 3, work)
    laboratory(2000, 1, work)
    disturbances(first, work)
if folder:
    literature()
