/**
 * What Voltwin declares in Eclipse Ditto, as data, and the tool that brings a Ditto into line with it.
 *
 * <p>Entry type: {@link org.voltwin.config.DittoConfiguration}. Must not know: which Ditto it talks to, how tokens are
 * made, other rooms.
 */
@NullMarked
package org.voltwin.config;

import org.jspecify.annotations.NullMarked;
