package org.voltwin.config.access;

/** How much of a resource a permission covers. */
public enum Extent {
    /** The resource and everything below it. */
    ALL,
    /** Parts of it only: something below is granted, or something below is revoked. */
    PARTIAL,
    NONE
}
