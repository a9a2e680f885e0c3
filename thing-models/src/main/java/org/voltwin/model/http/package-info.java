/**
 * HTTP endpoints as data: a room declares them with the roles allowed, app serves them.
 *
 * <p>Entry type: {@link org.voltwin.model.http.Endpoint}. Must not know: Vert.x.
 */
@NullMarked
package org.voltwin.model.http;

import org.jspecify.annotations.NullMarked;
