#!/bin/sh
# Compiles the FMUs and what they call back, and puts them with their connections files into the class path.
# usage: build.sh SOURCES WORK CLASSES JAR   (JAR: the JDK's jar tool, which writes reproducible archives)
set -eu
sources=$1 work=$2 classes=$3 jar=$4
command -v gcc >/dev/null || { echo "gcc is not installed, and the FMUs are C. Install it (apt-get install gcc)." >&2; exit 1; }
rm -rf "$classes/models" "$classes/native" "$work"
mkdir -p "$work" "$classes/native"
# the importer's own: what FMUs call back into, and the calls of a step
gcc -std=gnu11 -D_GNU_SOURCE -O2 -fPIC -shared -fvisibility=hidden -ffp-contract=off -Wall -Wextra -Werror -Wl,--no-undefined \
    -o "$classes/native/importer.so" "$sources/importer/callbacks.c" "$sources/importer/program.c" -lpthread
repeat() { awk -v n="$1" -v v="$2" 'BEGIN { for (i = 0; i < n; i++) printf i ? " %s" : "%s", v }'; }
zeros=$(repeat 512 0) nones=$(repeat 512 -1e9) profile=$(repeat 4096 0)

# fmu NAME [SOURCE [FLAGS [FILTER]]]: compiles SOURCE/SOURCE.c, or that of NAME, with the common part; lines of the
# description that match FILTER are left out
fmu() {
    name=$1 source=${2:-$1} folder=$work/$1
    mkdir -p "$folder/binaries/x86_64-linux" "$folder/sources"
    # shellcheck disable=SC2086 -- flags are words
    gcc -std=c11 -O2 -fPIC -shared -fvisibility=hidden -ffp-contract=off -Wall -Wextra -Werror -Wl,--no-undefined \
        -I"$sources/fmi" -I"$sources/parts" ${3:-} -o "$folder/binaries/x86_64-linux/$name.so" \
        "$sources/$source/$source.c" "$sources/fmi/slave.c" -lm
    runaway=0
    case ${3:-} in *RUNAWAY_START=1*) runaway=1 ;; esac
    sed "/${4:-@@@@}/d; s/@NAME@/$name/; s/@RUNAWAY@/$runaway/; s/@ZEROS@/$zeros/; s/@NONES@/$nones/; s/@PROFILE@/$profile/" \
        "$sources/$source/modelDescription.xml" > "$folder/modelDescription.xml"
    cp "$sources/$source/$source.c" "$sources/fmi/slave.c" "$sources/fmi/fmi3.h" "$sources"/parts/*.h "$folder/sources/"
    "$jar" --create --no-manifest --date=2026-11-21T00:00:00Z --file "$work/$name.fmu" -C "$folder" modelDescription.xml \
        -C "$folder" binaries -C "$folder" sources
}

# model FOLDER CONNECTIONS FILE=FMU...: a coupled model of the exchange, FMU under the name that its connections use
model() {
    target=$classes/models/$1
    mkdir -p "$target"
    cp "$sources/model/$2" "$target/connections.json"
    shift 2
    for pair in "$@"; do
        cp "$work/${pair#*=}.fmu" "$target/${pair%%=*}.fmu"
    done
}

# about FOLDER CARD: which tests the model of that folder is for
about() { cp "$sources/model/$2" "$classes/models/$1/model.json"; }

. "$sources/models.sh"
(cd "$classes" && find models -type f | LC_ALL=C sort) > "$classes/models.index"
