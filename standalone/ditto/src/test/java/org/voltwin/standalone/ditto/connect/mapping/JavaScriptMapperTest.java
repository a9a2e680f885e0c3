package org.voltwin.standalone.ditto.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.connectivity.model.MessageMapperConfigurationInvalidException;
import org.eclipse.ditto.connectivity.model.MessageMappingFailedException;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.standalone.ditto.config.ConnectivitySettings.ScriptSettings;
import org.voltwin.standalone.ditto.connect.transport.ExternalMessage;

class JavaScriptMapperTest {
    private static final ScriptSettings LIMITS = new ScriptSettings(50_000, Duration.ofMillis(300), 100);

    private static JavaScriptMapper mapper(String incoming, String outgoing) {
        return new JavaScriptMapper(
                new Options(JsonObject.newBuilder()
                        .set("incomingScript", incoming)
                        .set("outgoingScript", outgoing)
                        .build()),
                LIMITS);
    }

    private static JavaScriptMapper doing(String statements) {
        return mapper("function mapToDittoProtocolMsg(headers, text, bytes, type) {" + statements + "}", "");
    }

    private static ExternalMessage message(String text) {
        return ExternalMessage.ofText(Map.of("device_id", "org.test:cell", "content-type", "text/plain"), text);
    }

    private static String describe(Throwable failure) {
        return ((DittoRuntimeException) failure).getDescription().orElse("");
    }

    @Test
    void mapsTextAndBytesToOneOrSeveralSignalsOrNone() {
        JavaScriptMapper mapper = doing("""
                if (text === 'none') { return null; }
                let id = headers['device_id'].split(':');
                let value = Ditto.arrayBufferToString(bytes).length + new Uint8Array(bytes)[0];
                let signal = Ditto.buildDittoProtocolMsg(id[0], id[1], 'things', 'twin', 'commands', 'modify',
                    '/attributes/' + type.split('/')[0], {'correlation-id': 'c'}, value);
                return text === 'two' ? [signal, signal] : signal;""");

        Adaptable one = mapper.incoming(message("A")).getFirst();
        assertThat(one.getTopicPath().getPath()).isEqualTo("org.test/cell/things/twin/commands/modify");
        assertThat(one.getPayload().getPath().toString()).isEqualTo("/attributes/text");
        assertThat(one.getPayload().getValue().orElseThrow().asInt()).isEqualTo(1 + 65);
        assertThat(one.getDittoHeaders().getCorrelationId()).contains("c");
        assertThat(mapper.incoming(message("two"))).hasSize(2);
        assertThat(mapper.incoming(message("none"))).isEmpty();
    }

    @Test
    void mapsSignalsToTextOrBytes() {
        JavaScriptMapper mapper = mapper("", """
                function mapFromDittoProtocolMsg(namespace, name, group, channel, criterion, action, path, headers, value) {
                  if (value === 0) { return null; }
                  let bytes = Ditto.stringToArrayBuffer([namespace, name, group, channel, criterion, action, path].join(' '));
                  return [Ditto.buildExternalMsg({'X-Count': 3}, null, bytes, 'application/octet-stream'),
                      Ditto.buildExternalMsg({}, JSON.stringify(value), null, 'application/json')];
                }""");
        List<ExternalMessage> messages = mapper.outgoing(event("{\"u\":3.7}"));
        assertThat(messages.getFirst().asText()).isEqualTo("org.test cell things twin events modified /attributes");
        assertThat(messages.getFirst().headers())
                .containsEntry("x-count", "3")
                .containsEntry("content-type", "application/octet-stream");
        assertThat(messages.getLast().asText()).isEqualTo("{\"u\":3.7}");
        assertThat(mapper.outgoing(event("0"))).isEmpty();
    }

    private static Adaptable event(String value) {
        return ProtocolFactory.jsonifiableAdaptableFromJson(JsonObject.of("""
                {"topic":"org.test/cell/things/twin/events/modified","headers":{},"path":"/attributes","value":%s}""".formatted(value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "try { while (true) {} } catch (e) { return null; } finally { while (true) {} }",
                "for (let x of (function* () { while (true) { yield 1; } })()) {}",
                "/(a+)+$/.test('a'.repeat(60) + 'b'); return null;"
            })
    void aScriptThatDoesNotEndIsEnded(String endless) {
        JavaScriptMapper mapper = doing("if (text === 'ok') { return null; } " + endless);
        long start = System.nanoTime();
        assertThatThrownBy(() -> mapper.incoming(message("x")))
                .isInstanceOf(MessageMappingFailedException.class)
                .satisfies(failure ->
                        assertThat(describe(failure)).containsAnyOf("longer than 300 ms", "too much memory"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(mapper.incoming(message("ok"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "let a = []; while (true) { a.push('0123456789'.repeat(1000)); }",
                "let s = 'x'; while (true) { s = s + s; }",
                "new ArrayBuffer(2000000000);",
                "'x'.repeat(2000000000);",
                "'x'.padStart(2000000000);",
                "(function deeper() { deeper(); })();"
            })
    void aScriptThatUsesTooMuchIsEnded(String greedy) {
        assertThatThrownBy(() -> doing(greedy).incoming(message("x")))
                .isInstanceOf(MessageMappingFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.System.exit(1);",
                "Packages.java.lang.Runtime.getRuntime();",
                "bytes.getClass();",
                "headers.class.forName('java.lang.System');",
                "new JavaImporter();",
                "importPackage('java.io');"
            })
    void javaCannotBeReached(String attempt) {
        assertThatThrownBy(() -> doing(attempt).incoming(message("x")))
                .isInstanceOf(MessageMappingFailedException.class)
                .satisfies(failure -> assertThat(describe(failure)).contains("at line 1"));
    }

    @Test
    void wrongScriptsAreRefusedWhenTheyAreDefined() {
        assertThatThrownBy(() -> mapper("function (", ""))
                .isInstanceOf(MessageMapperConfigurationInvalidException.class);
        assertThatThrownBy(() -> mapper("while (true) {}", ""))
                .isInstanceOf(MessageMapperConfigurationInvalidException.class);
        assertThatThrownBy(() -> mapper(" ".repeat(50_001), ""))
                .isInstanceOf(MessageMapperConfigurationInvalidException.class);
    }
}
