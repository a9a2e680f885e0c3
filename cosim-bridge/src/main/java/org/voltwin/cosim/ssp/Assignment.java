package org.voltwin.cosim.ssp;

/**
 * A value for a parameter of an element.
 *
 * @param name within the element
 * @param convert whether its unit is converted, before the transformation
 * @param source file and parameter set, for messages
 */
record Assignment(String name, ParameterValue value, Transformation transformation, boolean convert, String source) {}
