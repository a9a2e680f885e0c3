/**
 * Ditto's HTTP API: paths and headers to commands, replies to status codes and bodies. Entry type: {@link org.voltwin.standalone.ditto.api.HttpApi}. Must not decide what a command does.
 */
@NullMarked
package org.voltwin.standalone.ditto.api;

import org.jspecify.annotations.NullMarked;
