/**
 * Takes requests and cancellations from the LIMS broker.
 *
 * <p>Entry type: {@link org.voltwin.twin.requests.RequestHandler}. Must not know: stages, Ditto's API.
 */
@NullMarked
package org.voltwin.twin.requests;

import org.jspecify.annotations.NullMarked;
