package org.voltwin.cosim.fmi;

/** A model that may know how its outputs rise, and let its inputs run on in a straight line. */
public interface Sloped {
    /** Whether outputs have slopes; where not, none may be asked for. */
    boolean givesSlopes();

    /** Whether inputs take slopes; where not, none may be set. */
    boolean takesSlopes();

    /** A scalar real output's first derivative by time at the end of the last step, per second; NaN when it has none now. */
    double slope(long valueReference);

    /** How a scalar real input rises from its value over the next step, per second. */
    void slope(long valueReference, double perSecond);
}
