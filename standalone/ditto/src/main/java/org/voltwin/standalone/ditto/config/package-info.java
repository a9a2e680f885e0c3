/**
 * The process's configuration, under Ditto's own HOCON names. Entry type: {@link org.voltwin.standalone.ditto.config.DittoSettings}.
 */
@NullMarked
package org.voltwin.standalone.ditto.config;

import org.jspecify.annotations.NullMarked;
