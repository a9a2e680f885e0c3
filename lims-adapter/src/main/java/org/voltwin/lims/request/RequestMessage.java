package org.voltwin.lims.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.voltwin.model.json.Json;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.run.TestRequest;

/** D6.4 figure 2: what the LIMS sends to the twin. {@code voltwin_request} holds the request without loss. */
final class RequestMessage {
    private static final DateTimeFormatter D64_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private RequestMessage() {}

    static String of(TestRequest request) {
        ObjectNode message = Json.mapper().createObjectNode();
        message.put("test_name", request.testName())
                .put("test_type", request.unit().level().testType())
                .put("test_UUID", request.uuid().toString())
                .put("test_UUT", request.unit().label())
                .put("test_bench", request.benchKind().label())
                .put("use_case", request.useCase().label());
        ObjectNode variables = message.putObject("variables");
        TestProcedure procedure = request.procedure();
        variables.set("test_procedures", Json.tree(procedure == null ? java.util.List.of() : procedure.steps()));
        variables
                .putObject("custom_profile")
                .put("Name", "current")
                .put("type", "input")
                .put("unit", "A")
                .putArray("values");
        variables.putArray("FMU_signal_connections");
        message.put("test_date", D64_TIME.format(request.preferredDate()));
        status(message, request.submittedAt());
        message.set("voltwin_request", Json.tree(request));
        return Json.text(message);
    }

    private static void status(ObjectNode message, Instant at) {
        message.putObject("status").put("value", "Submitted").put("last_update", D64_TIME.format(at));
    }

    static String cancellation(java.util.UUID uuid, String by) {
        return Json.text(
                Json.mapper().createObjectNode().put("uuid", uuid.toString()).put("by", by));
    }
}
