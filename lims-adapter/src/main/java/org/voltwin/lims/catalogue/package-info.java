/**
 * What can be tested: units, use cases, standards, test names, which goes with which, and the electrical procedures.
 *
 * <p>Entry type: {@link org.voltwin.lims.catalogue.Catalogue}. Must not know: requests.
 */
@NullMarked
package org.voltwin.lims.catalogue;

import org.jspecify.annotations.NullMarked;
