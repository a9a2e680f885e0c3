package org.voltwin.model.fake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.voltwin.model.port.MessageBus;

class FakeMessageBusTest extends MessageBusContract {
    private final FakeMessageBus fake = new FakeMessageBus();

    @Override
    protected MessageBus bus() {
        return fake;
    }

    @Test
    void topicFiltersAreThoseOfMqtt() {
        assertThat(FakeMessageBus.matches("a/+/c", "a/b/c")).isTrue();
        assertThat(FakeMessageBus.matches("a/#", "a/b/c")).isTrue();
        assertThat(FakeMessageBus.matches("a/+", "a/b/c")).isFalse();
        assertThat(FakeMessageBus.matches("a/b/c/d", "a/b/c")).isFalse();
    }
}
