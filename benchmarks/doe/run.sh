#!/bin/sh
# Designs beside those of R, OpenTURNS and SciPy; the sequential design on two functions of the literature; figures of
# the analysis once more in R. usage: ./voltwin bench doe [designs|sequential|analysis]   (without: all of them)
# Needs a JDK 25 (JAVA_HOME) and a built tree; for the comparison Debian's r-base-core r-cran-lhs r-cran-nlme
# python3-scipy python3-openturns.
set -eu
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../.." && pwd) what=${1:-all}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
classes=$root/doe-planner/target/classes:$root/thing-models/target/classes
for jar in "$root"/app/target/lib/*.jar; do [ -e "$jar" ] && classes=$classes:$jar; done
[ -n "${EXTRA_CLASSPATH:-}" ] && classes=$classes:$EXTRA_CLASSPATH
"$JAVA_HOME/bin/javac" -proc:none -cp "$classes" -d "$work" "$here/Designs.java" "$here/Sequential.java"
java="$JAVA_HOME/bin/java -Xmx400m -cp $work:$classes"
if [ "$what" = all ] || [ "$what" = designs ]; then
  $java Designs "$work"
  /usr/bin/python3 "$here/designs.py" "$work"
fi
if [ "$what" = all ] || [ "$what" = sequential ]; then $java Sequential 20; fi
if [ "$what" = all ] || [ "$what" = analysis ]; then
  Rscript "$here/analysis.R" "$root/doe-planner/src/test/resources/analysis"
fi
