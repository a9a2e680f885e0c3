#!/bin/sh
# Plans each instance of the literature and prints makespan, bound, gap and engines.
# Usage: benchmarks/schedule/run.sh FOLDER [SECONDS] [THREADS]
# FOLDER holds fjsp/*.txt and rcpsp/*.sm. The best known makespans are published ones: Brandimarte's
# in the collection ScheduleOpt/benchmarks, and PSPLIB's for j30.
set -eu
folder=${1:?the folder with fjsp/ and rcpsp/}
seconds=${2:-30}
threads=${3:-2}
top=$(cd "$(dirname "$0")/../.." && pwd)
known() {
    case "$1" in
        mk01) echo 40 ;; mk02) echo 26 ;; mk03) echo 204 ;; mk04) echo 60 ;; mk05) echo 172 ;;
        j301_1) echo 43 ;; j301_2 | j301_3) echo 47 ;; j301_4) echo 62 ;; j301_5) echo 39 ;; j301_6) echo 48 ;;
        *) echo - ;;
    esac
}
printf '%-10s %8s %8s %8s %8s  %s\n' instance makespan bound gap known "plan from, bound from"
for file in "$folder"/fjsp/*.txt "$folder"/rcpsp/*.sm; do
    [ -f "$file" ] || continue
    name=$(basename "$file" | sed 's/\.[a-z]*$//')
    case "$file" in *.sm) format=rcpsp ;; *) format=fjsp ;; esac
    "$top/voltwin" schedule "$file" --format "$format" --seconds "$seconds" --threads "$threads" --json |
        python3 -c '
import json, sys
d = json.load(sys.stdin)
known = sys.argv[2]
if known != "-" and d["makespan"] < int(known):
    sys.exit(sys.argv[1] + ": a makespan below the proved optimum is a bug")
print("%-10s %8d %8d %7.2f%% %8s  %s, %s" % (sys.argv[1], d["makespan"], d["lowerBound"], 100 * d["gap"], known, d["planFrom"], d["boundFrom"]))
' "$name" "$(known "$name")"
done
