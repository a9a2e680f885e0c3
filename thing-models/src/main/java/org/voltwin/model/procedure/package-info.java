/**
 * Test procedures as step matrices, and the scenarios an experiment design runs them with.
 *
 * <p>Entry type: {@link org.voltwin.model.procedure.ProcedureStep}. Must not know: how a bench executes them.
 */
@NullMarked
package org.voltwin.model.procedure;

import org.jspecify.annotations.NullMarked;
