package org.voltwin.doe.schedule.lab;

import org.voltwin.doe.schedule.lab.Laboratory.Channel;

/** Where and when a test is; technicians are -1 where none is needed, times are minutes from the problem's now. */
record Place(
        int test,
        Channel channel,
        int setUpBy,
        int tearDownBy,
        int setUpStart,
        int setUpEnd,
        int start,
        int end,
        int tearDownStart,
        int tearDownEnd,
        String why) {

    /** Set up as before, and run later. */
    Place startingAt(int later) {
        int ends = later + end - start;
        int tornDownAt = Math.max(tearDownStart, ends);
        return new Place(
                test,
                channel,
                setUpBy,
                tearDownBy,
                setUpStart,
                setUpEnd,
                later,
                ends,
                tornDownAt,
                tornDownAt + tearDownEnd - tearDownStart,
                "it is set up and waits for its chamber");
    }

    /** Torn down by another one, or at another time. */
    Place tornDown(int by, int at) {
        return new Place(
                test,
                channel,
                setUpBy,
                by,
                setUpStart,
                setUpEnd,
                start,
                end,
                at,
                at + tearDownEnd - tearDownStart,
                why);
    }
}
