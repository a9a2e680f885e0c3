#!/bin/sh
# Load on the standalone Ditto, each figure beside the real Ditto's on the same two cores (README.md). ./voltwin bench ditto
# [SECONDS] [THINGS]; `./voltwin bench ditto url URL HEADER VALUE SUBJECT [SECONDS] [THINGS]` measures any Ditto.
# Needs a JDK 25 (JAVA_HOME) and Maven; its data goes to a temporary folder that it removes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd) bench=$(cd "$(dirname "$0")" && pwd)/target
(cd "$root" && mvn -q -pl standalone/ditto,benchmarks/ditto package -DskipTests)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ "${1:-}" = url ] || set -- standalone "$root/standalone/ditto/target" "$@"
"$JAVA_HOME/bin/java" -Djava.io.tmpdir="$work" -cp "$(ls "$bench"/voltwin-benchmark-ditto-*.jar):$bench/lib/*" \
    org.voltwin.benchmark.ditto.Main "$@"
