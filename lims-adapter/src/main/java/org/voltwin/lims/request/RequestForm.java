package org.voltwin.lims.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/** A request as somebody typed it: everything is there, nothing is checked against the catalogue. */
record RequestForm(
        String uut,
        String useCase,
        String standard,
        String testName,
        String preferredDate,
        String bench,
        Optional<String> requesterName,
        boolean urgent) {
    private static final int LONGEST = 128;
    private static final List<String> NEEDED =
            List.of("uut", "useCase", "standard", "testName", "preferredDate", "bench");
    private static final String REQUESTER_NAME = "requesterName";

    /** Refused with {@code message.not_json}, {@code request.missing_field} or {@code request.too_long}. */
    static Outcome<RequestForm> read(byte[] body) {
        return Json.read(body, JsonNode.class).flatMap(RequestForm::fromJson);
    }

    private static Outcome<RequestForm> fromJson(JsonNode json) {
        List<String> missing = new ArrayList<>();
        for (String field : NEEDED) {
            if (!json.path(field).isTextual() || json.path(field).asText().isBlank()) {
                missing.add(field);
            }
        }
        if (!missing.isEmpty()) {
            return Outcome.refused(Failure.permanent(
                    "request.missing_field",
                    "The request lacks " + String.join(", ", missing) + ".",
                    "Send a JSON object with the texts " + String.join(", ", NEEDED) + "."));
        }
        List<String> all = new ArrayList<>(NEEDED);
        all.add(REQUESTER_NAME);
        for (String field : all) {
            if (json.path(field).asText().strip().length() > LONGEST) {
                return Outcome.refused(Failure.permanent(
                        "request.too_long",
                        "The text of " + field + " has more than " + LONGEST + " characters.",
                        "Shorten it."));
            }
        }
        return Outcome.ok(new RequestForm(
                text(json, "uut"),
                text(json, "useCase"),
                text(json, "standard"),
                text(json, "testName"),
                text(json, "preferredDate"),
                text(json, "bench"),
                Optional.of(text(json, REQUESTER_NAME)).filter(name -> !name.isEmpty()),
                json.path("urgent").asBoolean()));
    }

    /** Control characters have no place in a name; the database refuses some of them. */
    private static String text(JsonNode json, String field) {
        return json.path(field).asText().replaceAll("\\p{Cntrl}", " ").strip();
    }
}
