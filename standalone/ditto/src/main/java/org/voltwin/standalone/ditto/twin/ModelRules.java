package org.voltwin.standalone.ditto.twin;

import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What the model of a thing's definition has to say about changes. Called on the loop. */
public interface ModelRules {
    /** What to carry out in place of a command; completes on the loop, at once when nothing has to be fetched. */
    CompletionStage<Signal<?>> prepare(Signal<?> command);

    /**
     * @param before the thing, null when the change creates it
     * @param after the thing when the change is accepted
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the change breaks the model
     */
    void check(@Nullable JsonObject before, JsonObject after, DittoHeaders headers);
}
