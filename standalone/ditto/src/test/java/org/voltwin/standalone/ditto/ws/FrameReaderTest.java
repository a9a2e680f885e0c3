package org.voltwin.standalone.ditto.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.protocol.Adaptable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameReaderTest {
    private static final AuthorizationContext ANNE = caller("test:anne");
    private static final String SESSION = "session-1";

    private final FrameReader reader = new FrameReader(SESSION);

    private static AuthorizationContext caller(String subject) {
        return AuthorizationContext.newInstance(
                DittoAuthorizationContextType.JWT, AuthorizationSubject.newInstance(subject));
    }

    private static String frame(String thing, String headers) {
        return "{\"topic\":\"org.x/" + thing + "/things/twin/commands/merge\",\"path\":\"/attributes/a\",\"value\":1,"
                + "\"headers\":{" + headers + "}}";
    }

    /** The second time the headers are known, and must be no others for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"response-required\":false,",
                "\"content-type\":\"application/merge-patch+json\",\"timeout\":\"5s\",\"own\":\"x\",",
                "\"put-metadata\":[{\"key\":\"a\",\"value\":{\"unit\":\"V\"}}],",
                "\"requested-acks\":[\"twin-persisted\"],\"if-match\":\"\\\"rev:3\\\"\",",
                "\"ditto-origin\":\"another\",\"ditto-originator\":\"test:boss\",\"Timeout\":\"3s\","
            })
    void translatesKnownHeadersAsItDidTheFirstTime(String headers) {
        for (String id : new String[] {"one", "two", "two", "three"}) {
            String frame = frame(id, headers + "\"correlation-id\":\"" + id + "\"");
            Adaptable read = reader.read(frame, ANNE);
            Adaptable expected = Envelopes.read(JsonObject.of(frame), ANNE, SESSION);
            assertThat(read.getDittoHeaders()).isEqualTo(expected.getDittoHeaders());
            assertThat(read.getTopicPath()).isEqualTo(expected.getTopicPath());
            assertThat(read.getPayload()).isEqualTo(expected.getPayload());
        }
    }

    @Test
    void anotherSenderIsNotTakenForTheOneBefore() {
        String headers = "\"correlation-id\":\"c\"";
        reader.read(frame("t", headers), ANNE);
        AuthorizationContext bert = caller("test:bert");
        assertThat(reader.read(frame("t", headers), bert).getDittoHeaders().getAuthorizationContext())
                .isEqualTo(bert);
        assertThat(reader.read(frame("t", headers), ANNE).getDittoHeaders().getAuthorizationContext())
                .isEqualTo(ANNE);
    }

    @Test
    void commandsWithoutACorrelationIdGetOneEach() {
        String first = reader.read(frame("t", ""), ANNE).getDittoHeaders().get("correlation-id");
        String second = reader.read(frame("t", ""), ANNE).getDittoHeaders().get("correlation-id");
        assertThat(first).isNotBlank().isNotEqualTo(second);
    }

    @Test
    void refusesAWrongHeaderEachTime() {
        String frame = frame("t", "\"timeout\":\"soon\",\"correlation-id\":\"c\"");
        assertThatThrownBy(() -> reader.read(frame, ANNE)).isInstanceOf(DittoRuntimeException.class);
        assertThatThrownBy(() -> reader.read(frame, ANNE)).isInstanceOf(DittoRuntimeException.class);
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        assertThatThrownBy(() -> reader.read("{", ANNE)).isInstanceOf(JsonRuntimeException.class);
    }
}
