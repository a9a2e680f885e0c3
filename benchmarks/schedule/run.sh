#!/bin/sh
# ./voltwin bench schedule [INSTANCES] [SECONDS] [THREADS]
# Plans a laboratory's week (200 and 2,000 tests), replans it after three disturbances, and plans the instances of the
# literature when INSTANCES names a folder with fjsp/*.txt and rcpsp/*.sm (any of them). Prints makespan, bound, gap,
# which engine gave what, and ratios: against the list schedule, and for shops against the best known makespan.
# The best known makespans are published ones: Brandimarte's in the collection ScheduleOpt/benchmarks, and PSPLIB's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
folder=${1:-}
seconds=${2:-30}
threads=${3:-2}
exec python3 "$here/measure.py" "$top/voltwin" "$seconds" "$threads" "$folder"
