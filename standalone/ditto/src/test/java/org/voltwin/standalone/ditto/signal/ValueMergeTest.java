package org.voltwin.standalone.ditto.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.auth.AuthorizationSubject;
import org.eclipse.ditto.base.model.auth.DittoAuthorizationContextType;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.eclipse.ditto.things.model.signals.commands.modify.MergeThing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against Ditto's own adapter. */
final class ValueMergeTest {
    private static Adaptable adaptable(String topic, String path, String value, String contentType) {
        DittoHeaders headers = DittoHeaders.newBuilder()
                .correlationId("c")
                .contentType(contentType)
                .responseRequired(false)
                .origin("session")
                .authorizationContext(AuthorizationContext.newInstance(
                        DittoAuthorizationContextType.JWT, AuthorizationSubject.newInstance("test:anne")))
                .build();
        JsonObject envelope = JsonObject.of(
                "{\"topic\":\"" + topic + "\",\"path\":\"" + path + "\",\"value\":" + value + ",\"headers\":{}}");
        return ProtocolFactory.jsonifiableAdaptableFromJson(envelope).setDittoHeaders(headers);
    }

    private static Adaptable merge(String path, String value) {
        return adaptable("org.x/t-1/things/twin/commands/merge", path, value, "application/merge-patch+json");
    }

    private static DittoHeaders withoutEntityId(DittoHeaders headers) {
        return headers.toBuilder().removeHeader("ditto-entity-id").build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/attributes/a | 1",
                "/attributes/a/b~1c | \"text\"",
                "/features/f/properties/p | 3.7",
                "/features/f/properties/p/q | true",
                "/features/f/desiredProperties/p | -1e30",
            })
    void isWhatTheAdapterMakesOfIt(String path, String value) {
        MergeThing merge = Objects.requireNonNull(ValueMerge.of(merge(path, value)));
        var expected = (MergeThing) Signals.fromAdaptable(merge(path, value));
        assertThat(withoutEntityId(merge.getDittoHeaders())).isEqualTo(withoutEntityId(expected.getDittoHeaders()));
        assertThat(merge.setDittoHeaders(expected.getDittoHeaders())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | {}",
                "/attributes | {\"a\":1}",
                "/attributes/a | null",
                "/attributes/a | {\"b\":1}",
                "/attributes/a | [1]",
                "/definition | \"a:b:1\"",
                "/features/f | {}",
                "/features/f/definition | \"a:b:1\"",
                "/features/f/properties | {\"p\":1}",
                "/features/f/properties/p | null"
            })
    void leavesTheRestToTheAdapter(String path, String value) {
        assertThat(ValueMerge.of(merge(path, value))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.x/t-1/things/twin/commands/modify",
                "org.x/t-1/things/live/commands/merge",
                "org.x/t-1/things/twin/events/merged"
            })
    void leavesOtherTopicsToTheAdapter(String topic) {
        assertThat(ValueMerge.of(adaptable(topic, "/attributes/a", "1", "application/merge-patch+json")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/attributes/a\\u0001b", "/features/f/properties/a\\u0001b"})
    void refusesWhatTheAdapterRefuses(String path) {
        Adaptable adaptable = merge(path, "1");
        assertThatThrownBy(() -> Signals.fromAdaptable(adaptable))
                .satisfies(refused -> assertThatThrownBy(() -> Signals.fromTranslated(adaptable))
                        .hasSameClassAs(refused)
                        .hasMessage(refused.getMessage()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void leavesOtherContentToTheAdapter(String contentType) {
        Adaptable adaptable = adaptable("org.x/t-1/things/twin/commands/merge", "/attributes/a", "1", contentType);
        assertThat(ValueMerge.of(adaptable)).isNull();
    }
}
