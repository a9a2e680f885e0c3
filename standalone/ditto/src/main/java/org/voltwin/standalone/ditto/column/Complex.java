package org.voltwin.standalone.ditto.column;

/** A JSON array or object as a column's value: only its text is known. */
public record Complex(String json) {}
