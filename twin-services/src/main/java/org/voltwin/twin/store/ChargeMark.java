package org.voltwin.twin.store;

/**
 * How far the charge of a stream was counted.
 *
 * @param next sequence number of the first row not counted
 * @param throughputAmpereHours charge moved in either direction up to there, &gt;= 0
 * @param lastTimeSeconds test time of the last row counted, NaN when none
 * @param lastCurrentAmperes current of the last row counted, NaN when none
 */
public record ChargeMark(long next, double throughputAmpereHours, double lastTimeSeconds, double lastCurrentAmperes) {
    public static final ChargeMark NONE = new ChargeMark(0, 0, Double.NaN, Double.NaN);
}
