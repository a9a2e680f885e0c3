package org.voltwin.standalone.edge.hono;

import io.opentracing.noop.NoopSpan;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.hono.adapter.AbstractProtocolAdapterBase;
import org.eclipse.hono.adapter.MapBasedTelemetryExecutionContext;
import org.eclipse.hono.adapter.ProtocolAdapterProperties;
import org.eclipse.hono.adapter.auth.device.usernamepassword.UsernamePasswordAuthProvider;
import org.eclipse.hono.adapter.auth.device.usernamepassword.UsernamePasswordCredentials;
import org.eclipse.hono.client.ClientErrorException;
import org.eclipse.hono.client.command.CommandResponse;
import org.eclipse.hono.service.auth.DeviceUser;
import org.eclipse.hono.util.EventConstants;
import org.eclipse.hono.util.MessageHelper;
import org.eclipse.hono.util.QoS;
import org.eclipse.hono.util.RegistrationAssertion;
import org.eclipse.hono.util.TenantObject;
import org.jspecify.annotations.Nullable;

/** What the MQTT and the HTTP adapter have in common: sign-in of devices and forwarding of what they send. */
abstract class UplinkAdapter extends AbstractProtocolAdapterBase<ProtocolAdapterProperties> {

    /** Where a message goes. */
    enum Endpoint {
        TELEMETRY,
        EVENT
    }

    /**
     * One message of a device.
     *
     * @param tenant as addressed, null for the sender's own
     * @param device as addressed, null for the sender itself
     * @param address as the device wrote it, for the record's {@code orig_address}
     */
    record Uplink(
            Endpoint endpoint,
            DeviceUser sender,
            @Nullable String tenant,
            @Nullable String device,
            QoS qos,
            @Nullable String contentType,
            Buffer payload,
            String address,
            @Nullable Duration timeToLive) {}

    private final UsernamePasswordAuthProvider authentication;

    UplinkAdapter(UsernamePasswordAuthProvider authentication) {
        this.authentication = authentication;
    }

    /** Checks password, tenant and device. Fails with an exception that carries an HTTP status. */
    final Future<DeviceUser> signIn(@Nullable String user, @Nullable String password) {
        UsernamePasswordCredentials credentials =
                user == null || password == null ? null : UsernamePasswordCredentials.create(user, password);
        if (credentials == null) {
            return Future.failedFuture(new ClientErrorException(
                    HttpURLConnection.HTTP_UNAUTHORIZED, "sign in as <auth-id>@<tenant> with a password"));
        }
        return Future.<DeviceUser>future(
                        result -> authentication.authenticate(credentials, NoopSpan.INSTANCE.context(), result))
                .compose(device -> getTenantConfiguration(device.getTenantId(), null)
                        .compose(this::isAdapterEnabled)
                        .compose(tenant -> checkDeviceRegistration(device, null))
                        .map(device));
    }

    /** Forwards a message; the result succeeds when Kafka has it, at once for {@link QoS#AT_MOST_ONCE}. */
    final Future<Void> upload(Uplink uplink) {
        Future<TenantObject> tenant = addressedTenant(uplink.sender(), uplink.tenant());
        String device = uplink.device() == null ? uplink.sender().getDeviceId() : uplink.device();
        return tenant.compose(config -> getRegistrationAssertion(config.getTenantId(), device, uplink.sender(), null)
                .compose(assertion -> send(uplink, config, assertion)));
    }

    private Future<Void> send(Uplink uplink, TenantObject tenant, RegistrationAssertion assertion) {
        Map<String, Object> properties = getDownstreamMessageProperties(new Origin(uplink));
        String type = uplink.contentType();
        if (type == null) {
            boolean empty = uplink.payload().length() == 0 && uplink.endpoint() == Endpoint.EVENT;
            type = empty ? EventConstants.CONTENT_TYPE_EMPTY_NOTIFICATION : CONTENT_TYPE_OCTET_STREAM;
        }
        return switch (uplink.endpoint()) {
            case TELEMETRY ->
                getTelemetrySender(tenant)
                        .sendTelemetry(tenant, assertion, uplink.qos(), type, uplink.payload(), properties, null);
            case EVENT -> getEventSender(tenant).sendEvent(tenant, assertion, type, uplink.payload(), properties, null);
        };
    }

    /** Forwards a device's answer to a command; the result succeeds when Kafka has it. */
    final Future<Void> answer(
            DeviceUser sender, @Nullable String tenant, @Nullable String device, CommandResponse response) {
        String target = device == null ? sender.getDeviceId() : device;
        return addressedTenant(sender, tenant)
                .compose(config -> getRegistrationAssertion(config.getTenantId(), target, sender, null)
                        .compose(assertion -> sendCommandResponse(config, assertion, response, null)));
    }

    private Future<TenantObject> addressedTenant(DeviceUser sender, @Nullable String tenant) {
        if (tenant != null && !tenant.equals(sender.getTenantId())) {
            return Future.failedFuture(new ClientErrorException(
                    HttpURLConnection.HTTP_FORBIDDEN, "a device may only send to its own tenant"));
        }
        return getTenantConfiguration(sender.getTenantId(), null).compose(this::isAdapterEnabled);
    }

    /** What Hono writes into the headers of a record. */
    private static final class Origin extends MapBasedTelemetryExecutionContext {
        private final Uplink uplink;

        Origin(Uplink uplink) {
            super(NoopSpan.INSTANCE, uplink.sender());
            this.uplink = uplink;
        }

        @Override
        public QoS getRequestedQos() {
            return uplink.qos();
        }

        @Override
        public Optional<Duration> getTimeToLive() {
            return Optional.ofNullable(uplink.timeToLive());
        }

        @Override
        public String getOrigAddress() {
            return uplink.address();
        }
    }

    /** Name of the property that carries a message's content type. */
    static final String CONTENT_TYPE = MessageHelper.SYS_PROPERTY_CONTENT_TYPE;
}
