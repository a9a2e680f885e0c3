package org.voltwin.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voltwin.model.Examples.RUN;
import static org.voltwin.model.Examples.T0;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voltwin.model.Examples;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.ResultMessage;
import org.voltwin.model.telemetry.SampleBatch;
import org.voltwin.model.telemetry.Variables;

class SchemasTest {
    private static final Schemas SCHEMAS = new Schemas();
    private static final TwinId BENCH = TwinId.of("org.voltwin:bench-physical-01");
    private static final Failure FAILURE = Failure.passing("bench.busy", "The bench is busy.", "Wait.");

    /** Messages that are right. A vocabulary record stands as itself and is read back. */
    static Stream<Arguments> accepted() throws IOException {
        return Stream.of(
                Arguments.of(MessageSchema.TEST_REQUEST, requestMessage(), JsonNode.class),
                Arguments.of(MessageSchema.TEST_REQUEST, requestWithoutProcedure(), JsonNode.class),
                Arguments.of(
                        MessageSchema.REQUEST_ACK,
                        json("{'uuid':'%s','accepted':true,'thing':'org.voltwin:run-%s'}", RUN, RUN),
                        JsonNode.class),
                Arguments.of(
                        MessageSchema.REQUEST_ACK,
                        json("{'uuid':'unknown','accepted':false,'failure':%s}", Json.text(FAILURE)),
                        JsonNode.class),
                Arguments.of(MessageSchema.REQUEST_CANCEL, json("{'uuid':'%s','by':'erin'}", RUN), JsonNode.class),
                Arguments.of(
                        MessageSchema.RUN_STATUS,
                        json("{'uuid':'%s','stage':'running','at':'%s','progress':0.5,'message':'12 rows'}", RUN, T0),
                        JsonNode.class),
                Arguments.of(MessageSchema.RESULT_MESSAGE, results(), ResultMessage.class),
                Arguments.of(MessageSchema.RESULT_MESSAGE, resultsOfTheDocuments(), JsonNode.class),
                Arguments.of(MessageSchema.SAMPLE_BATCH, samples(), SampleBatch.class),
                Arguments.of(MessageSchema.BENCH_ORDER, order(), BenchOrder.class),
                Arguments.of(MessageSchema.BENCH_CANCEL, json("{'run':'%s'}", RUN), JsonNode.class),
                Arguments.of(
                        MessageSchema.BENCH_EVENT,
                        json(
                                "{'bench':'%s','run':'%s','event':'finished','rows':9,'summary':{'a':1.5},'at':'%s'}",
                                BENCH, RUN, T0),
                        JsonNode.class),
                Arguments.of(
                        MessageSchema.PROBLEM,
                        json("{'type':'about:blank','title':'Conflict','status':409,'code':'bench.busy',"
                                + "'detail':'The bench is busy.','remedy':'Wait.','retryHelps':true}"),
                        JsonNode.class),
                Arguments.of(
                        MessageSchema.NEW_REQUEST,
                        json(
                                "{'uut':'GEN3B-CELL-01','useCase':'Automotive','standard':'IEC62660','testName':'Capacity',"
                                        + "'preferredDate':'2026-11-23T10:00:00Z','bench':'virtual'}"),
                        JsonNode.class));
    }

    /** Messages that are wrong, and the pointer of the fault. */
    static Stream<Arguments> refused() throws IOException {
        return Stream.of(
                Arguments.of(MessageSchema.TEST_REQUEST, without(requestMessage(), "voltwin_request"), "/"),
                Arguments.of(
                        MessageSchema.TEST_REQUEST,
                        changed(requestMessage(), "/voltwin_request", "uuid", "no uuid"),
                        "/voltwin_request/uuid"),
                Arguments.of(
                        MessageSchema.TEST_REQUEST,
                        changed(requestMessage(), "/voltwin_request/procedure/steps/0", "cRate", null),
                        "/voltwin_request/procedure/steps/0/"),
                Arguments.of(MessageSchema.REQUEST_ACK, json("{'uuid':'%s','accepted':false}", RUN), "/ required"),
                Arguments.of(MessageSchema.REQUEST_CANCEL, json("{'uuid':'%s'}", RUN), "'by'"),
                Arguments.of(
                        MessageSchema.RUN_STATUS,
                        json("{'uuid':'%s','stage':'dreaming','at':'%s','progress':2,'message':''}", RUN, T0),
                        "/stage"),
                Arguments.of(
                        MessageSchema.RESULT_MESSAGE,
                        changed((ObjectNode) Json.tree(results()), "/variables/0", "unit", "furlong"),
                        "/variables/0/unit"),
                Arguments.of(
                        MessageSchema.SAMPLE_BATCH,
                        changed((ObjectNode) Json.tree(samples()), "", "first", -1),
                        "/first"),
                Arguments.of(
                        MessageSchema.BENCH_ORDER, changed((ObjectNode) Json.tree(order()), "", "speed", 0), "/speed"),
                Arguments.of(MessageSchema.BENCH_CANCEL, json("{}"), "'run'"),
                Arguments.of(
                        MessageSchema.BENCH_EVENT,
                        json("{'bench':'%s','run':'%s','event':'failed','rows':9,'at':'%s'}", BENCH, RUN, T0),
                        "'failure'"),
                Arguments.of(
                        MessageSchema.PROBLEM,
                        json("{'type':'about:blank','title':'OK','status':200,'code':'bench.busy',"
                                + "'detail':'d','remedy':'r','retryHelps':true}"),
                        "/status"),
                Arguments.of(
                        MessageSchema.NEW_REQUEST,
                        json(
                                "{'uut':'GEN3B-CELL-01','useCase':'Automotive','standard':'IEC62660','testName':'Capacity',"
                                        + "'preferredDate':'tomorrow','bench':'virtual'}"),
                        "/preferredDate"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsWhatIsRight(MessageSchema schema, Object message, Class<?> type) {
        Outcome<?> read = SCHEMAS.read(schema, Json.bytes(message), type);
        assertThat(read).isInstanceOf(Outcome.Ok.class);
        Object value = read.orThrow();
        assertThat(Json.tree(value)).isEqualTo(Json.tree(message));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatIsWrongAndNamesThePlace(MessageSchema schema, JsonNode message, String place) {
        Outcome<JsonNode> checked = SCHEMAS.check(schema, message);
        assertThat(checked).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.failure().code()).isEqualTo("message.wrong_shape");
            assertThat(refused.failure().cause()).contains(place);
        });
    }

    /** Every file of the folder is a schema of the enumeration, and each has examples of both kinds. */
    @Test
    void everySchemaHasExamplesOfBothKinds() throws Exception {
        Path folder = Path.of(Schemas.class.getResource("/schemas").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> known = Arrays.stream(MessageSchema.values())
                    .map(MessageSchema::file)
                    .collect(Collectors.toSet());
            known.add("common.schema.json");
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(known);
        }
        assertThat(schemasOf(accepted())).isEqualTo(EnumSet.allOf(MessageSchema.class));
        assertThat(schemasOf(refused())).isEqualTo(EnumSet.allOf(MessageSchema.class));
    }

    @Test
    void theWholeRequestComesThrough() throws Exception {
        JsonNode message = SCHEMAS.read(MessageSchema.TEST_REQUEST, Json.bytes(requestMessage()), JsonNode.class)
                .orThrow();
        assertThat(Json.convert(message.path("voltwin_request"), TestRequest.class))
                .isEqualTo(Outcome.ok(Examples.request()));
    }

    @Test
    void everyUnitMayStandInAMessage() {
        for (Unit unit : Unit.values()) {
            ObjectNode batch = (ObjectNode) Json.tree(samples());
            ((ObjectNode) batch.at("/columns/0")).put("unit", unit.symbol());
            assertThat(SCHEMAS.check(MessageSchema.SAMPLE_BATCH, batch)).isInstanceOf(Outcome.Ok.class);
        }
    }

    private static Set<MessageSchema> schemasOf(Stream<Arguments> arguments) {
        return arguments.map(a -> (MessageSchema) a.get()[0]).collect(Collectors.toSet());
    }

    private static ObjectNode requestMessage() throws IOException {
        ObjectNode message = (ObjectNode) json(
                "{'test_name':'Capacity','test_type':'Cell-level','test_UUID':'%s','test_UUT':'Gen3b - Cell',"
                        + "'test_bench':'Virtual','use_case':'Automotive','variables':{'test_procedures':[],"
                        + "'custom_profile':{'Name':'current','type':'input','unit':'mA',"
                        + "'values':[{'timestamp':0,'value':'1.0'},{'timestamp':1,'value':'2.0'}]},"
                        + "'FMU_signal_connections':[{'InSignalReference':'FMU _04/Port_C',"
                        + "'OutSignalReference':'FMU _03/Port_E'}]},'test_date':'2024-08-05 10:00:00',"
                        + "'status':{'value':'In Progress','last_update':'2024-08-05 11:00:00'}}",
                RUN);
        message.set("voltwin_request", Json.tree(Examples.request()));
        return message;
    }

    private static ObjectNode requestWithoutProcedure() throws IOException {
        return changed(requestMessage(), "/voltwin_request", "procedure", null);
    }

    private static ResultMessage results() {
        return new ResultMessage(
                "Capacity",
                "Cell-level",
                RUN,
                "GEN3B-CELL-01",
                BenchKind.VIRTUAL.label(),
                UseCase.AUTOMOTIVE.label(),
                0L,
                null,
                List.of(new ResultMessage.Variable(
                        Variables.VOLTAGE, "output", "V", List.of(new ResultMessage.TimedValue(0, 3.7)))));
    }

    private static JsonNode resultsOfTheDocuments() throws IOException {
        return json(
                "{'test_name':'Capacity','test_UUID':'%s','test_UUT':'Gen3b - Cell','test_bench':'virtual',"
                        + "'use_case':'automotive','variables':[{'name':'SoC','type':'Output','unit':'%%',"
                        + "'values':[{'timestamp':0,'value':'50.0'},{'timestamp':'1','value':-1e9}]}]}",
                RUN);
    }

    private static SampleBatch samples() {
        return new SampleBatch(
                Examples.cell().twin(),
                RUN.toString(),
                RUN,
                "bench-physical-01",
                200,
                List.of(
                        new Column(Variables.TIME, Unit.SECOND, Direction.OUTPUT),
                        new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT)),
                List.of(Arrays.asList(1.0, 3.7), Arrays.asList(2.0, null)),
                202L);
    }

    private static BenchOrder order() {
        return new BenchOrder(
                RUN,
                BENCH,
                Examples.cell(),
                UseCase.OFF_ROAD,
                Examples.capacityProcedure(),
                List.of(new Scenario(1, Map.of(Scenario.C_RATE, 0.5)), new Scenario(2, Map.of())),
                "f",
                300);
    }

    private static ObjectNode changed(ObjectNode message, String pointer, String field, Object value) {
        ((ObjectNode) message.at(pointer)).set(field, Json.tree(value));
        return message;
    }

    private static ObjectNode without(ObjectNode message, String field) {
        message.remove(field);
        return message;
    }

    private static JsonNode json(String text, Object... values) throws IOException {
        String quoted = (values.length == 0 ? text : text.formatted(values)).replace('\'', '"');
        return Json.mapper().readTree(quoted);
    }
}
