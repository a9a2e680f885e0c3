package org.voltwin.standalone.ditto.twin;

import java.util.List;

/** What an accepted command does: nothing or some changes, all or none of which happen, and the answer. */
record Decision(List<Applied> changes, Reply reply) {
    static Decision of(Applied change, Reply reply) {
        return new Decision(List.of(change), reply);
    }

    static Decision answer(Reply reply) {
        return new Decision(List.of(), reply);
    }
}
