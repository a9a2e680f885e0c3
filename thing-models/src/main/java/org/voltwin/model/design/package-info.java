/**
 * Experiment designs: problems and plans.
 *
 * <p>Entry type: {@link org.voltwin.model.design.DesignSpecification}. Must not know: how a design is computed.
 */
@NullMarked
package org.voltwin.model.design;

import org.jspecify.annotations.NullMarked;
