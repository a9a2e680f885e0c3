/**
 * Serves the rooms' endpoints over HTTP: tokens, roles, problem documents, events, the web application.
 *
 * <p>Entry type: {@link org.voltwin.app.gateway.Gateway}. Must not know: what an endpoint does.
 */
@NullMarked
package org.voltwin.app.gateway;

import org.jspecify.annotations.NullMarked;
