/**
 * A modelDescription.xml against the schemas and the rules of FMI 2.0 and 3.0.
 *
 * <p>Entry type: {@link org.voltwin.cosim.check.description.DescriptionCheck}. Must not know: archives, libraries, connections.
 */
@NullMarked
package org.voltwin.cosim.check.description;

import org.jspecify.annotations.NullMarked;
