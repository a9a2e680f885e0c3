package org.voltwin.bench.replay;

/**
 * How a replay stands.
 *
 * @param rowsSent rows sent at least once
 * @param rowsAcknowledged rows that Hono has acknowledged
 * @param testTimeSeconds test time of the last row that was sent, s; NaN when it has none
 */
public record ReplayProgress(long rowsSent, long rowsAcknowledged, double testTimeSeconds) {}
