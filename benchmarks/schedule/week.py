"""A laboratory as the issue describes it: 24 channels in 6 chambers, 8 virtual benches, 4 technicians; seeded."""
import datetime
import random

MONDAY = datetime.datetime(2026, 3, 2, 6, tzinfo=datetime.timezone.utc)


def instant(hours):
    return (MONDAY + datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def shifts(start, end):
    days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]
    return {"zone": "Europe/Berlin", "week": {day: [{"from": start, "to": end}] for day in days}}


def laboratory(tests):
    benches = [
        {"id": f"bench-{i}", "kind": "physical", "levels": ["cell"], "capabilities": ["electrical"],
         "maxCurrentAmperes": 100 if i <= 2 else 30, "channels": 4, "chamber": f"chamber-{i}", "speed": 1, "fidelity": 1,
         "closures": [{"from": instant(26), "to": instant(30), "reason": "calibration"}] if i == 6 else []}
        for i in range(1, 7)]
    benches += [
        {"id": f"virtual-{i}", "kind": "virtual", "levels": ["cell", "module"], "capabilities": ["electrical"],
         "maxCurrentAmperes": 1000, "channels": 1, "speed": 20, "fidelity": 0.8}
        for i in range(1, 9)]
    return {
        "now": instant(0), "zone": "Europe/Berlin", "benches": benches,
        "chambers": [{"id": f"chamber-{i}", "minCelsius": -20, "maxCelsius": 60, "startCelsius": 25, "degreesPerHour": 30}
                     for i in range(1, 7)],
        "technicians": [{"id": name, "shifts": shifts(*hours)} for name, hours in
                        [("Ada", ("06:00", "14:00")), ("Bo", ("06:00", "14:00")),
                         ("Cy", ("14:00", "22:00")), ("Di", ("14:00", "22:00"))]],
        "powerLimitWatts": 12000, "tests": tests}


def week(count, seed):
    """Four of five tests only a physical bench may do, at one of three temperatures; some due, some after another."""
    rng = random.Random(seed)
    tests = []
    for i in range(1, count + 1):
        test = {"id": f"t{i}", "level": "cell", "capabilities": ["electrical"],
                "currentAmperes": 80 if rng.randrange(6) == 0 else 10, "powerWatts": 500,
                "temperatureCelsius": rng.choice([0, 25, 45]), "minFidelity": 1 if rng.randrange(5) else 0.5,
                "setUp": "PT30M", "run": f"PT{120 + 30 * rng.randrange(44)}M", "tearDown": "PT15M",
                "weight": 1 + rng.randrange(3)}
        if rng.randrange(3) == 0:
            test["due"] = instant(120 + rng.randrange(count))
        if i > 10 and rng.randrange(10) == 0:
            test["after"] = [f"t{i - 10}"]
        tests.append(test)
    return laboratory(tests)
