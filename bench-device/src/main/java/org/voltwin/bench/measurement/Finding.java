package org.voltwin.bench.measurement;

/**
 * Something about a file that its reader should know, though it can be read.
 *
 * @param code stable: {@code measurement.column_left_out}
 * @param text one sentence with the place and the value
 */
public record Finding(String code, String text) {}
