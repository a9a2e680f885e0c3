package org.voltwin.twin.store;

/**
 * A value that cannot be true, taken out of its row.
 *
 * @param sequence row
 * @param column position of the column in the stream
 * @param value as received, in the inside unit
 * @param reason why, in words, the same for all values of one kind
 */
public record KeptAside(long sequence, int column, double value, String reason) {}
