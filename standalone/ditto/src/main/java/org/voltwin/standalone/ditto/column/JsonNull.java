package org.voltwin.standalone.ditto.column;

/** The value {@code null} that is there, unlike one that is missing. */
public enum JsonNull {
    NULL
}
