package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import org.eclipse.ditto.json.JsonObject;

/**
 * What of the messages of a thing, or of its features, has to agree with its Thing Model.
 *
 * @param input whether messages to it are checked: the inputs of actions
 * @param output whether its answers are checked: the outputs of actions
 * @param outbox whether messages from it are checked: events
 * @param forbidOtherInbox whether messages to it that are no action are refused; only when inputs are checked
 * @param forbidOtherOutbox whether messages from it that are no event are refused; only when these are checked
 */
public record WotMessageSettings(
        boolean input, boolean output, boolean outbox, boolean forbidOtherInbox, boolean forbidOtherOutbox) {
    /** @param validation of the thing, or of features */
    static WotMessageSettings of(Config validation) {
        return new WotMessageSettings(
                validation.getBoolean("enforce.inbox-messages-input"),
                validation.getBoolean("enforce.inbox-messages-output"),
                validation.getBoolean("enforce.outbox-messages"),
                validation.getBoolean("forbid.non-modeled-inbox-messages"),
                validation.getBoolean("forbid.non-modeled-outbox-messages"));
    }

    /** With what a configuration in Ditto's JSON says otherwise of {@code thing} or {@code feature}. */
    WotMessageSettings with(JsonObject json, String of) {
        return new WotMessageSettings(
                WotValidationSettings.flag(json, of + "/enforce/inboxMessagesInput", input),
                WotValidationSettings.flag(json, of + "/enforce/inboxMessagesOutput", output),
                WotValidationSettings.flag(json, of + "/enforce/outboxMessages", outbox),
                WotValidationSettings.flag(json, of + "/forbid/nonModeledInboxMessages", forbidOtherInbox),
                WotValidationSettings.flag(json, of + "/forbid/nonModeledOutboxMessages", forbidOtherOutbox));
    }
}
