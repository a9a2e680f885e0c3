package org.voltwin.doe.schedule.lab;

import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** When each test is set up, run and torn down, and by whom: minutes, and numbers of technicians, -1 for nobody. */
final class LaneBookings {
    final int[] setUpStart;
    final int[] start;
    final int[] end;
    final int[] tearDownStart;
    final int[] tearDownEnd;
    final int[] setUpBy;
    final int[] tearDownBy;

    LaneBookings(int tests) {
        setUpStart = new int[tests];
        start = new int[tests];
        end = new int[tests];
        tearDownStart = new int[tests];
        tearDownEnd = new int[tests];
        setUpBy = new int[tests];
        tearDownBy = new int[tests];
    }

    /** The plan that they make. */
    @Nullable Place[] places(Lanes lanes) {
        Place[] places = new Place[setUpStart.length];
        for (int t = 0; t < places.length; t++) {
            Channel channel = lanes.channel(t);
            places[t] = new Place(
                    t,
                    channel,
                    setUpBy[t],
                    tearDownBy[t],
                    setUpStart[t],
                    setUpStart[t] + lanes.lab.setUp(t, channel),
                    start[t],
                    end[t],
                    tearDownStart[t],
                    tearDownEnd[t],
                    "");
        }
        return places;
    }
}
