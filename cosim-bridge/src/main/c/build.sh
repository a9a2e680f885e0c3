#!/bin/sh
# Compiles the FMUs and puts them with their connections file into the class path.
# usage: build.sh SOURCES WORK CLASSES JAR   (JAR: the JDK's jar tool, which writes reproducible archives)
set -eu
sources=$1 work=$2 classes=$3 jar=$4
model=models/performance-ageing/cell/gen3b/physics-based/LgM50_1.0.0
target=$classes/$model
command -v gcc >/dev/null || { echo "gcc is not installed, and the FMUs are C. Install it (apt-get install gcc)." >&2; exit 1; }
mkdir -p "$target"
zeros=$(awk 'BEGIN { for (i = 0; i < 512; i++) printf i ? " 0" : "0" }')
for name in battery cycler; do
    folder=$work/$name
    rm -rf "$folder"
    mkdir -p "$folder/binaries/x86_64-linux" "$folder/sources"
    gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -ffp-contract=off -Wall -Wextra -Werror -Wl,--no-undefined \
        -I"$sources/fmi" -o "$folder/binaries/x86_64-linux/$name.so" "$sources/$name/$name.c" "$sources/fmi/slave.c" -lm
    sed "s/@ZEROS@/$zeros/" "$sources/$name/modelDescription.xml" > "$folder/modelDescription.xml"
    cp "$sources/$name/$name.c" "$sources/fmi/slave.c" "$sources/fmi/fmi3.h" "$folder/sources/"
    rm -f "$target/$name.fmu"
    "$jar" --create --no-manifest --date=2026-11-21T00:00:00Z --file "$target/$name.fmu" -C "$folder" modelDescription.xml \
        -C "$folder" binaries -C "$folder" sources
done
cp "$sources/model/connections.json" "$target/"
(cd "$classes" && find models -type f -name '*.fmu' -o -path 'models/*' -name connections.json | LC_ALL=C sort) > "$classes/models.index"
