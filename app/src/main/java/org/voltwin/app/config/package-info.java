/**
 * The configuration file as one record that validates itself and names the key.
 *
 * <p>Entry type: {@link org.voltwin.app.config.PlatformConfig}. Must not know: what the values are used for.
 */
@NullMarked
package org.voltwin.app.config;

import org.jspecify.annotations.NullMarked;
