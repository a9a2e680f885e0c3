/**
 * Eclipse Ditto's public API in one small process, for one machine. Entry type: {@link org.voltwin.standalone.ditto.Main}. No room may depend on it.
 */
@NullMarked
package org.voltwin.standalone.ditto;

import org.jspecify.annotations.NullMarked;
