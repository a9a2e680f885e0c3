package org.voltwin.cosim.fmi;

import org.jspecify.annotations.Nullable;

/** A model whose functions a {@link CallProgram} may call without going through the model. */
sealed interface DirectlyCalled extends SteppedModel permits Fmi2Model, Fmi3Model {
    /** How; null when every call has to go through the model. */
    @Nullable DirectCalls directCalls();
}
