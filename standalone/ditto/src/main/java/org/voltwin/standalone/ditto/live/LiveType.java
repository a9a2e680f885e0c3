package org.voltwin.standalone.ditto.live;

/** What travels between clients without touching the twin. */
public enum LiveType {
    MESSAGES,
    COMMANDS,
    EVENTS
}
