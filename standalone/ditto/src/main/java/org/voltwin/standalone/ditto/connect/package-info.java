/**
 * Connections to message brokers and their HTTP API. Entry type: {@link org.voltwin.standalone.ditto.connect.Connections}. Nothing of it but this package is loaded before there is a connection. Must not decide what a command does.
 */
@NullMarked
package org.voltwin.standalone.ditto.connect;

import org.jspecify.annotations.NullMarked;
