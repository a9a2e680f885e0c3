package org.voltwin.model.schema;

import java.util.Locale;

/** The messages that have a schema, {@code /schemas/<file>} on the class path. */
public enum MessageSchema {
    TEST_REQUEST,
    REQUEST_ACK,
    REQUEST_CANCEL,
    RUN_STATUS,
    RESULT_MESSAGE,
    SAMPLE_BATCH,
    BENCH_ORDER,
    BENCH_CANCEL,
    BENCH_EVENT,
    PROBLEM,
    NEW_REQUEST;

    /** Name as in the file and in the schema's {@code $id}: {@code test-request}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Name of the file. */
    public String file() {
        return id() + ".schema.json";
    }
}
