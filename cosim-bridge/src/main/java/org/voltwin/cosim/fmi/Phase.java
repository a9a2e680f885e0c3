package org.voltwin.cosim.fmi;

/** Where an instance stands in the standards' state machines; what may be called follows from it. */
enum Phase {
    INSTANTIATED,
    CONFIGURATION,
    INITIALIZATION,
    /** FMI 3.0 with event mode only. */
    EVENT,
    STEP,
    /** Answered an error: may only be freed. */
    FAILED,
    /** Answered a fatal error: may not even be freed. */
    FATAL,
    CLOSED
}
