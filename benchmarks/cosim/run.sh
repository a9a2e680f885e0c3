#!/bin/sh
# Steps per second of Voltwin's master and of a plain C loop over the same library, and 1,000 what-if runs of a cell.
# Needs gcc, a JDK 25 (JAVA_HOME) and a compiled tree (mvn -pl thing-models,cosim-bridge package). usage: run.sh [STEPS]
set -eu
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../.." && pwd) steps=${1:-4000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
c=$root/cosim-bridge/src/main/c/fmi
gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -I"$c" -o "$work/a.so" "$here/integrator.c" "$c/slave.c"
gcc -std=gnu11 -O2 -I"$c" -o "$work/loop" "$here/loop.c" -ldl
classes=$root/cosim-bridge/target/classes:$root/thing-models/target/classes
for jar in "$root"/cosim-bridge/target/lib/*.jar; do [ -e "$jar" ] && classes=$classes:$jar; done
[ -n "${EXTRA_CLASSPATH:-}" ] && classes=$classes:$EXTRA_CLASSPATH
"$JAVA_HOME/bin/javac" -proc:none -cp "$classes" -d "$work" "$here/CosimBench.java" "$here/WhatIfBench.java"
java="$JAVA_HOME/bin/java --enable-native-access=ALL-UNNAMED -cp $work:$classes"
loop=$("$work/loop" "$work/a.so" "$steps")
ours=$($java CosimBench "$work/a.so" "$steps")
rate() { echo "$ours" | awk -v w="$1" '$1 == w { print $2 }'; }
cloop=$(echo "$loop" | cut -d' ' -f1)
echo "plain C loop              $cloop steps/s"
echo "Voltwin, no recording     $(rate without) steps/s, ratio $(awk "BEGIN { printf \"%.2f\", $(rate without) / $cloop }") (goal 0.4)"
echo "Voltwin, all signals CSV  $(rate recorded) steps/s, ratio to 4,000 of Maestro 3.1.1 $(awk "BEGIN { printf \"%.0f\", $(rate recorded) / 4000 }") (goal 10)"
$java WhatIfBench "$root/cosim-bridge/target/fmus/battery.fmu" "$work"
