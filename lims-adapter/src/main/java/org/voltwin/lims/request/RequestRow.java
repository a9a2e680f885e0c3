package org.voltwin.lims.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.json.Json;
import org.voltwin.model.run.RunStage;

/**
 * A row of TestRequests.
 *
 * @param progressPercent 0 to 100
 * @param times when each stage was entered, as far as known
 */
record RequestRow(
        UUID uuid,
        String number,
        String uut,
        String useCase,
        String standard,
        String testName,
        String bench,
        Instant preferredDate,
        String requesterId,
        String requesterName,
        RunStage stage,
        int progressPercent,
        boolean acknowledged,
        @Nullable String thing,
        @Nullable String folder,
        @Nullable String resultsStream,
        @Nullable String bookedBench,
        @Nullable String message,
        @Nullable Failure failure,
        Instant createdAt,
        Instant updatedAt,
        Map<RunStage, Instant> times) {

    RequestRow {
        EnumMap<RunStage, Instant> copy = new EnumMap<>(RunStage.class);
        copy.putAll(times);
        times = java.util.Collections.unmodifiableMap(copy);
    }

    /** D6.4's status, with cancelled apart. */
    enum Status {
        SUBMITTED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(RunStage stage) {
            return switch (stage) {
                case REQUESTED, MODELLED, DELIVERED, VALIDATED, DESIGNED, SCHEDULED -> SUBMITTED;
                case RUNNING -> RUNNING;
                case COMPLETED -> COMPLETED;
                case FAILED -> FAILED;
                case CANCELLED -> CANCELLED;
            };
        }
    }

    ObjectNode toJson() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("uuid", uuid.toString())
                .put("id", number)
                .put("uut", uut)
                .put("useCase", useCase)
                .put("standard", standard)
                .put("testName", testName)
                .put("bench", bench)
                .put("preferredDate", preferredDate.toString())
                .put("status", Status.of(stage).id())
                .put("progress", progressPercent / 100.0)
                .put("stage", stage.id())
                .put("requester", requesterName)
                .put("requesterId", requesterId)
                .put("acknowledged", acknowledged)
                .put("createdAt", createdAt.toString())
                .put("updatedAt", updatedAt.toString());
        times.forEach((entered, at) -> json.put(entered.id() + "At", at.toString()));
        put(json, "thing", thing);
        put(json, "folder", folder);
        put(json, "resultsStream", resultsStream);
        put(json, "benchId", bookedBench);
        put(json, "message", message);
        if (failure != null) {
            json.set("failure", Json.tree(failure));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
