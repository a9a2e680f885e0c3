package org.voltwin.standalone.ditto.connect.link;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.stream.AnnouncementHub;
import org.voltwin.standalone.ditto.stream.EventHub;
import org.voltwin.standalone.ditto.twin.CommandGate;

/**
 * What connections stand between the brokers and.
 *
 * @param messageTimeout how long the answer to a live message is waited for
 * @param loop the thread on which all of this is used
 */
public record Surroundings(
        CommandGate gate,
        EventHub hub,
        LiveRouter router,
        AnnouncementHub announcements,
        Duration messageTimeout,
        Clock clock,
        Executor loop) {}
