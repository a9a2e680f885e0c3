/**
 * Test procedures in the forms that users write (the open Unicycler JSON, a step matrix, a bench order's steps) compiled
 * to the arrays that the virtual cycler interprets.
 *
 * <p>Entry types: {@link org.voltwin.cosim.procedure.Protocol} for files, {@link
 * org.voltwin.cosim.procedure.StepMatrix} for orders. Must not know: how a simulation is run.
 */
@NullMarked
package org.voltwin.cosim.procedure;

import org.jspecify.annotations.NullMarked;
