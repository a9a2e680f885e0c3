package org.voltwin.standalone.ditto.connect.link;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.voltwin.standalone.ditto.ack.Acks;
import org.voltwin.standalone.ditto.live.Channels;
import org.voltwin.standalone.ditto.live.LiveRouter;
import org.voltwin.standalone.ditto.stream.AnnouncementHub;
import org.voltwin.standalone.ditto.stream.EventHub;

/**
 * What connections stand between the brokers and.
 *
 * @param loop the thread on which all of this is used
 */
public record Surroundings(
        Channels channels,
        Acks acks,
        EventHub hub,
        LiveRouter router,
        AnnouncementHub announcements,
        Clock clock,
        Executor loop) {}
