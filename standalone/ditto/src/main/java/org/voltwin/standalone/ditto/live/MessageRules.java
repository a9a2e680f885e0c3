package org.voltwin.standalone.ditto.live;

import java.util.concurrent.CompletionStage;
import org.eclipse.ditto.protocol.Adaptable;

/** What the model of a thing has to say about messages to and from it. Called on the loop. */
public interface MessageRules {
    /**
     * @return completes on the loop, at once when nothing has to be fetched; with a {@link
     *     org.eclipse.ditto.base.model.exceptions.DittoRuntimeException} when the message does not agree with the model
     */
    CompletionStage<Void> checkMessage(Adaptable message);

    /** The same for what a thing answers. */
    CompletionStage<Void> checkAnswer(Adaptable message, Adaptable answer);
}
