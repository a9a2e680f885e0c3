package org.voltwin.standalone.ditto.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.ditto.base.model.acks.AcknowledgementLabel;
import org.eclipse.ditto.base.model.acks.AcknowledgementRequest;
import org.eclipse.ditto.base.model.acks.DittoAcknowledgementLabel;
import org.eclipse.ditto.base.model.common.DittoDuration;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgement;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.Subject;
import org.eclipse.ditto.policies.model.SubjectAnnouncement;
import org.eclipse.ditto.policies.model.SubjectExpiry;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.SubjectType;
import org.eclipse.ditto.policies.model.signals.announcements.SubjectDeletionAnnouncement;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.CreatePolicyResponse;
import org.eclipse.ditto.policies.model.signals.commands.modify.DeletePolicy;
import org.eclipse.ditto.policies.model.signals.commands.modify.DeletePolicyResponse;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.events.ThingCreated;
import org.junit.jupiter.api.Test;

/** What Ditto's system tests expect of acknowledgements and announcements over WebSocket. */
class StreamsSocketAcksIT extends TwoSockets {
    @Test
    void requestedAcknowledgementsGoWithTheEventToWhoDeclaredThem() throws Exception {
        var persisted = AcknowledgementRequest.of(DittoAcknowledgementLabel.TWIN_PERSISTED);
        var custom = AcknowledgementRequest.of(AcknowledgementLabel.of(otherLabel));
        JsonObject payload = JsonObject.of("{\"custom\":\"payload\"}");
        second.on(event -> {
            assertThat(event.getDittoHeaders().getAcknowledgementRequests()).containsExactly(custom);
            second.emit(Acknowledgement.of(
                    custom.getLabel(),
                    ((ThingCreated) event).getEntityId(),
                    HttpStatus.RESET_CONTENT,
                    DittoHeaders.newBuilder()
                            .correlationId(
                                    event.getDittoHeaders().getCorrelationId().orElseThrow())
                            .build(),
                    payload));
        });
        second.control("START-SEND-EVENTS", "filter", "eq(thingId,\"" + thingId + "\")");

        Thing thing = thing().setPolicyId(PolicyId.of(thingId));
        var answer = first.ask(
                CreateThing.of(
                        thing,
                        both().toJson(),
                        headers().toBuilder()
                                .acknowledgementRequest(persisted, custom)
                                .build()),
                Acknowledgements.class);

        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getSize()).isEqualTo(2);
        Acknowledgement stored = answer.getAcknowledgement(persisted.getLabel()).orElseThrow();
        assertThat(stored.getHttpStatus()).isEqualTo(HttpStatus.CREATED);
        assertThat(stored.getEntity()).contains(thing.toJson());
        Acknowledgement given = answer.getAcknowledgement(custom.getLabel()).orElseThrow();
        assertThat(given.getHttpStatus()).isEqualTo(HttpStatus.RESET_CONTENT);
        assertThat(given.getEntity()).contains(payload);
    }

    @Test
    void whoFiltersAnEventOutAcknowledgesItWeakly() throws Exception {
        first.control("START-SEND-EVENTS");
        second.control("START-SEND-EVENTS", "filter", "gt(attributes/counter,10)");
        var answer = acknowledged(both(), AcknowledgementLabel.of(ownLabel), AcknowledgementLabel.of(otherLabel));
        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.FAILED_DEPENDENCY);
        assertThat(answer.getSize()).isEqualTo(2);
        assertThat(answer.getSuccessfulAcknowledgements())
                .singleElement()
                .satisfies(ack -> assertThat(ack.isWeak()).isTrue());
        assertThat(answer.getFailedAcknowledgements()).singleElement().satisfies(ack -> {
            assertThat(ack.getLabel().toString()).isEqualTo(ownLabel);
            assertThat(ack.getHttpStatus()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
        });
    }

    @Test
    void whoMayNotSeeAnEventAcknowledgesItWeaklyAndNobodyIsLate() throws Exception {
        first.control("START-SEND-EVENTS");
        second.control("START-SEND-EVENTS");
        var nobody = AcknowledgementLabel.of("request-nonexistent-subscriber");
        var answer = acknowledged(StreamsPolicies.all("first"), AcknowledgementLabel.of(otherLabel), nobody);
        assertThat(answer.getHttpStatus()).isEqualTo(HttpStatus.FAILED_DEPENDENCY);
        assertThat(answer.getAcknowledgement(AcknowledgementLabel.of(otherLabel))
                        .orElseThrow()
                        .isWeak())
                .isTrue();
        assertThat(answer.getAcknowledgement(nobody).orElseThrow()).satisfies(late -> {
            assertThat(late.isWeak()).isFalse();
            assertThat(late.getHttpStatus()).isEqualTo(HttpStatus.REQUEST_TIMEOUT);
        });
    }

    private Acknowledgements acknowledged(Policy policy, AcknowledgementLabel... labels) throws Exception {
        return first.ask(
                CreateThing.of(
                        thing(),
                        policy.toJson(),
                        headers().toBuilder()
                                .acknowledgementRequests(java.util.Arrays.stream(labels)
                                        .map(AcknowledgementRequest::of)
                                        .collect(java.util.stream.Collectors.toSet()))
                                .timeout(Duration.ofSeconds(2))
                                .build()),
                Acknowledgements.class);
    }

    private static Policy expiring(PolicyId id, Subject subject) {
        return StreamsPolicies.of("owner", "first")
                .forLabel("guest")
                .setSubject(subject)
                .setGrantedPermissions("policy", "/", "EXECUTE")
                .setId(id)
                .build();
    }

    @Test
    void theEndOfASubjectIsAnnouncedAheadAndWhenItIsDeleted() throws Exception {
        second.control("START-SEND-POLICY-ANNOUNCEMENTS");
        PolicyId id = PolicyId.of("org.stream", "announced-" + UUID.randomUUID());
        SubjectId guest = SubjectId.newInstance("ditto:second");
        var announcement = SubjectAnnouncement.of(DittoDuration.parseDuration("3599s"), true);
        var expiry = SubjectExpiry.newInstance(Instant.now().plus(Duration.ofSeconds(3600)));
        first.ask(
                CreatePolicy.of(
                        expiring(id, Subject.newInstance(guest, SubjectType.GENERATED, expiry, announcement)),
                        headers()),
                CreatePolicyResponse.class);
        assertThat(second.next(SubjectDeletionAnnouncement.class).getSubjectIds())
                .containsExactly(guest);

        assertThat(ditto.as("first")
                        .put(
                                "/api/2/policies/" + id + "/entries/guest/subjects/" + guest,
                                Subject.newInstance(guest, SubjectType.GENERATED, null, announcement)
                                        .toJsonString())
                        .status())
                .isEqualTo(204);
        first.ask(DeletePolicy.of(id, headers()), DeletePolicyResponse.class);
        assertThat(second.next(SubjectDeletionAnnouncement.class).getSubjectIds())
                .containsExactly(guest);
    }

    @Test
    void aSubjectStaysUntilItsEndIsAcknowledged() throws Exception {
        second.control("START-SEND-POLICY-ANNOUNCEMENTS");
        PolicyId id = PolicyId.of("org.stream", "acknowledged-" + UUID.randomUUID());
        SubjectId guest = SubjectId.newInstance("ditto:second");
        var label = AcknowledgementLabel.of(otherLabel);
        var announcement = SubjectAnnouncement.of(
                DittoDuration.parseDuration("5s"),
                true,
                List.of(AcknowledgementRequest.of(label)),
                DittoDuration.parseDuration("60s"),
                null);
        var expiry = SubjectExpiry.newInstance(Instant.now().plus(Duration.ofSeconds(2)));
        String path = "/api/2/policies/" + id;
        assertThat(ditto.as("first")
                        .put(
                                path,
                                expiring(id, Subject.newInstance(guest, SubjectType.GENERATED, expiry, announcement))
                                        .toJsonString())
                        .status())
                .isEqualTo(201);

        var announced = second.next(SubjectDeletionAnnouncement.class);
        assertThat(announced.getSubjectIds()).containsExactly(guest);
        assertThat(announced.getDittoHeaders().getAcknowledgementRequests())
                .containsExactly(AcknowledgementRequest.of(label));
        String subject = path + "/entries/guest/subjects/" + guest;
        await().pollDelay(Duration.ofMillis(3500))
                .until(() -> ditto.as("first").get(subject).status() == 200);

        second.emit(Acknowledgement.of(label, id, HttpStatus.REQUEST_TIMEOUT, announced.getDittoHeaders()));
        var again = second.next(SubjectDeletionAnnouncement.class);
        assertThat(again.getSubjectIds()).containsExactly(guest);
        assertThat(ditto.as("first").get(subject).status()).isEqualTo(200);

        second.emit(Acknowledgement.of(label, id, HttpStatus.OK, again.getDittoHeaders()));
        await().until(() -> ditto.as("first").get(subject).status() == 404);
    }
}
