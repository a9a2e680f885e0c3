/**
 * For operators: metrics and the levels of loggers. Entry types: {@link org.voltwin.standalone.ditto.devops.Metrics}, {@link org.voltwin.standalone.ditto.devops.Loggers}. Must not know HTTP or twins.
 */
@NullMarked
package org.voltwin.standalone.ditto.devops;

import org.jspecify.annotations.NullMarked;
