package org.voltwin.twin.updater;

import org.voltwin.twin.store.ChargeMark;

/**
 * Counts the charge that is moved in either direction, row by row, before the stream is reduced. Trapezoidal rule;
 * nothing is counted across a time that does not go forward, nor from or to a row without a current.
 */
final class ChargeCounter {
    private static final double SECONDS_PER_HOUR = 3600;

    private long next;
    private double throughputAmpereHours;
    private double lastTimeSeconds;
    private double lastCurrentAmperes;

    ChargeCounter(ChargeMark mark) {
        next = mark.next();
        throughputAmpereHours = mark.throughputAmpereHours();
        lastTimeSeconds = mark.lastTimeSeconds();
        lastCurrentAmperes = mark.lastCurrentAmperes();
    }

    /** Counts a row once: a row before the last one counted is left out. False when it was. */
    boolean count(long sequence, double timeSeconds, double currentAmperes) {
        if (sequence < next) {
            return false;
        }
        next = sequence + 1;
        double step = timeSeconds - lastTimeSeconds;
        double ampereHours = (Math.abs(currentAmperes) + Math.abs(lastCurrentAmperes)) / 2 * step / SECONDS_PER_HOUR;
        if (step > 0 && Double.isFinite(ampereHours)) {
            throughputAmpereHours += ampereHours;
        }
        lastTimeSeconds = timeSeconds;
        lastCurrentAmperes = currentAmperes;
        return true;
    }

    ChargeMark mark() {
        return new ChargeMark(next, throughputAmpereHours, lastTimeSeconds, lastCurrentAmperes);
    }
}
