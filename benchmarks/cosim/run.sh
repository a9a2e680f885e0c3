#!/bin/sh
# The co-simulation's figures in one run: the master beside a plain C loop over the same library, recorded runs, ten years
# of cycling, 1,000 what-if runs, and how exactly procedures end. ./voltwin bench cosim [STEPS]
# Needs gcc, a JDK 25 (JAVA_HOME) and a built tree (./voltwin build, or mvn -pl thing-models,cosim-bridge package).
# EXTRA_CLASSPATH: libraries, where cosim-bridge/target/lib is not there.
set -eu
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../.." && pwd) steps=${1:-4000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
c=$root/cosim-bridge/src/main/c/fmi
gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -I"$c" -o "$work/a.so" "$here/integrator.c" "$c/slave.c"
gcc -std=gnu11 -O2 -I"$c" -o "$work/loop" "$here/loop.c" -ldl
classes=$root/cosim-bridge/target/classes:$root/thing-models/target/classes
for jar in "$root"/cosim-bridge/target/lib/*.jar "$root"/app/target/lib/*.jar; do
    case $jar in *"*"* | *voltwin-*) ;; *) classes=$classes:$jar ;; esac
done
classes=$classes${EXTRA_CLASSPATH:+:$EXTRA_CLASSPATH}
"$JAVA_HOME/bin/javac" -proc:none -cp "$classes" -d "$work" "$here"/*.java
java="$JAVA_HOME/bin/java --enable-native-access=ALL-UNNAMED -Dlogback.configurationFile=logback-cli.xml -cp $work:$classes"

# two integrators as FMUs, coupled crosswise
for name in a0 a1; do
    case $name in a0) start=1 gain=1 other=a1 ;; a1) start=0 gain=-4 other=a0 ;; esac
    mkdir -p "$work/fmu/binaries/x86_64-linux" "$work/pair"
    cp "$work/a.so" "$work/fmu/binaries/x86_64-linux/a.so"
    cat > "$work/fmu/modelDescription.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<fmiModelDescription fmiVersion="3.0" modelName="integrator" instantiationToken="benchmark">
  <CoSimulation modelIdentifier="a" canHandleVariableCommunicationStepSize="true"/>
  <ModelVariables>
    <Float64 name="u" valueReference="0" causality="input" start="0"/>
    <Float64 name="x" valueReference="1" causality="output" initial="exact" start="$start"/>
    <Float64 name="k" valueReference="2" causality="parameter" variability="fixed" start="$gain"/>
  </ModelVariables>
  <ModelStructure><Output valueReference="1"/></ModelStructure>
</fmiModelDescription>
XML
    "$JAVA_HOME/bin/jar" --create --no-manifest --file "$work/pair/$name.fmu" -C "$work/fmu" modelDescription.xml -C "$work/fmu" binaries
    links="${links:+$links,}{\"InSignalReference\": \"/$name/u\", \"OutSignalReference\": \"/$other/x\"}"
done
echo "[$links]" > "$work/pair/connections.json"
echo '{"/a0/k": 1, "/a1/k": -4}' > "$work/pair/parameters.json"
cp -r "$root/cosim-bridge/target/classes/models/performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0" "$work/cell"

# pairs, one after the other: whatever else the machine does changes both
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
compare() { # NAME FLAGS
    for _ in 1 2 3 4 5; do
        cloop=$("$work/loop" "$work/a.so" "$steps" | cut -d' ' -f1)
        ours=$($java $2 CosimBench "$work/a.so" "$steps" | awk '$1 == "without" { print $2 }')
        echo "$cloop $ours" >> "$work/pairs-$1"
        awk "BEGIN { printf \"%.3f\\n\", $ours / $cloop }"
    done | median
}
echo "beside a plain C loop     $(compare as-java '') of its speed, two small FMUs, Jacobi, no recording (goal 0.4)"
echo "  steps/s                 $(cut -d' ' -f2 "$work/pairs-as-java" | median), plain C $(cut -d' ' -f1 "$work/pairs-as-java" | median)"
echo "  as workers are compiled $(compare as-worker -XX:TieredStopAtLevel=1)"
$java ParallelBench "$root/cosim-bridge/target/fmus/spme.fmu" 10
$java ParallelBench "$root/cosim-bridge/target/fmus/battery.fmu" 10
$java ProductBench "$work/pair" "$work/cell"
$java WhatIfBench "$root/cosim-bridge/target/fmus/battery.fmu" "$work"
