"""Runs ./voltwin schedule on everything benchmarks/schedule/run.sh names, and prints one line for each."""
import copy
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

import week

# Proved: ScheduleOpt/benchmarks (mk01 to mk09) and PSPLIB.
PROVED = {"mk01": 40, "mk02": 26, "mk03": 204, "mk04": 60, "mk05": 172, "mk06": 57, "mk07": 139, "mk08": 523, "mk09": 307,
          "j301_1": 43, "j301_2": 47, "j301_3": 47, "j301_4": 62, "j301_5": 39, "j301_6": 48}
# Best known there, the bound is 189.
LISTED = {"mk10": 193}

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


def textbook(file):
    """The same shop as textbooks write it for CP-SAT: makespan (0: none found), bound, seconds."""
    top = pathlib.Path(voltwin).parent
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    done = subprocess.run(
        [str(java), "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", f"{top}/app/target/lib/*",
         str(pathlib.Path(__file__).parent / "Textbook.java"), str(file), seconds, threads],
        capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{file}: {done.stdout}{done.stderr}")
    makespan, bound, took = done.stdout.split()
    return int(makespan), int(bound), float(took)


def literature():
    shops, projects = [], []
    for file in sorted(pathlib.Path(folder).glob("fjsp/*.txt")) + sorted(pathlib.Path(folder).glob("rcpsp/*.sm")):
        is_shop = file.suffix == ".txt"
        plan = schedule(file, "--format", "fjsp" if is_shop else "rcpsp")
        proved = PROVED.get(file.stem)
        if proved and plan["makespan"] < proved:
            sys.exit(f"{file.stem}: a makespan below a proved optimum is a bug")
        known = proved or LISTED.get(file.stem)
        took = plan["history"][-1]["seconds"]
        ratio = f", {plan['makespan'] / known:.3f} of {'the optimum' if proved else 'the best listed'}" if known else ""
        line = (f"{file.stem:8} makespan {plan['makespan']:5} bound {plan['lowerBound']:5} {plan['status']:8} "
                f"{took:6.2f} s{ratio}  plan {plan['planFrom']}, bound {plan['boundFrom']}")
        if is_shop:
            other, bound, other_took = textbook(file)
            line += f" | textbook CP-SAT {other} bound {bound} {other_took:.2f} s"
            shops.append((plan["makespan"], plan["lowerBound"], other, bound, known))
        else:
            projects.append((plan["status"] == "optimal", took))
        print(line, flush=True)
    with_known = [shop for shop in shops if shop[4]]
    if with_known:
        def mean(column):
            return sum(shop[column] / shop[4] - 1 for shop in with_known) / len(with_known)
        print(f"shops: ours {mean(0):.2%} above the best known, {sum(s[0] == s[1] for s in shops)} of {len(shops)} "
              f"proved; textbook {mean(2):.2%}, {sum(s[2] == s[3] for s in shops)} of {len(shops)}")
    if projects:
        print(f"projects: {sum(p[0] for p in projects)} of {len(projects)} proved, mean "
              f"{sum(p[1] for p in projects) / len(projects):.2f} s, loading the solver into a new process included")


def laboratory(count, seed, work):
    file = work / f"week-{count}-{seed}.json"
    file.write_text(json.dumps(week.week(count, seed)))
    plan = schedule(file)
    found = incumbents(plan)
    print(f"week {count:5} seed {seed}  first {found[0]['seconds']:5.2f} s ({found[0]['source']}), "
          f"makespan {plan['makespan'] / 3600:6.1f} h = {plan['makespan'] / 60 / found[0]['value']:.3f} of the first, "
          f"bound {plan['lowerBound'] / 3600:6.1f} h, gap {plan['gap']:6.2%} of the {plan['gapOf']}  "
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


print(f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, {platform.processor() or platform.machine()}, "
      f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {seconds} s, {threads} threads", flush=True)
with tempfile.TemporaryDirectory() as name:
    work = pathlib.Path(name)
    first = laboratory(200, 1, work)
    weeks = [first] + [laboratory(200, seed, work) for seed in range(2, 6)]
    print(f"weeks: mean gap {sum(plan['gap'] for plan in weeks) / len(weeks):.2%}, "
          f"largest {max(plan['gap'] for plan in weeks):.2%}")
    laboratory(2000, 1, work)
    disturbances(first, work)
if folder:
    literature()
