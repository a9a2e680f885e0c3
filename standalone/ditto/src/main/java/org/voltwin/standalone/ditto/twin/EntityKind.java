package org.voltwin.standalone.ditto.twin;

/** What a change is about. */
public enum EntityKind {
    THING,
    POLICY
}
