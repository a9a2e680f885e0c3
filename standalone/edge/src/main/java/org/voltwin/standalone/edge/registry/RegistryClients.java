package org.voltwin.standalone.edge.registry;

import io.opentracing.SpanContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.eclipse.hono.client.ClientErrorException;
import org.eclipse.hono.client.registry.CredentialsClient;
import org.eclipse.hono.client.registry.DeviceDisabledOrNotRegisteredException;
import org.eclipse.hono.client.registry.DeviceRegistrationClient;
import org.eclipse.hono.client.registry.GatewayDisabledOrNotRegisteredException;
import org.eclipse.hono.client.registry.TenantClient;
import org.eclipse.hono.client.registry.TenantDisabledOrNotRegisteredException;
import org.eclipse.hono.util.CredentialsObject;
import org.eclipse.hono.util.RegistrationAssertion;
import org.eclipse.hono.util.TenantObject;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.edge.registry.Registry.DeviceEntry;

/** Hono's three registry clients, answered from the registry in this process; answers are ready at once. */
public final class RegistryClients implements TenantClient, DeviceRegistrationClient, CredentialsClient {

    private final Registry registry;

    public RegistryClients(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    @Override
    public Future<TenantObject> get(String tenant, @Nullable SpanContext span) {
        return registry.tenant(tenant)
                .map(entry -> Future.succeededFuture(
                        entry.tenant().copy().put("tenant-id", tenant).mapTo(TenantObject.class)))
                .orElseGet(() -> Future.failedFuture(
                        new TenantDisabledOrNotRegisteredException(tenant, HttpURLConnection.HTTP_NOT_FOUND)));
    }

    /** Client certificates are not offered here, so no subject belongs to a tenant. */
    @Override
    public Future<TenantObject> get(X500Principal subject, @Nullable SpanContext span) {
        return Future.failedFuture(new ClientErrorException(
                HttpURLConnection.HTTP_NOT_FOUND, "no tenant trusts the issuer of this certificate"));
    }

    @Override
    public Future<RegistrationAssertion> assertRegistration(
            String tenant, String device, @Nullable String gateway, @Nullable SpanContext span) {
        boolean tenantEnabled =
                registry.tenant(tenant).filter(entry -> entry.enabled()).isPresent();
        DeviceEntry entry = registry.device(tenant, device)
                .filter(found -> tenantEnabled && found.enabled())
                .orElse(null);
        if (entry == null) {
            return Future.failedFuture(
                    new DeviceDisabledOrNotRegisteredException(tenant, HttpURLConnection.HTTP_NOT_FOUND));
        }
        List<String> via = strings(entry.device().getJsonArray("via"));
        if (gateway != null && !gateway.equals(device)) {
            boolean known = registry.device(tenant, gateway)
                    .filter(DeviceEntry::enabled)
                    .isPresent();
            if (!known || !via.contains(gateway)) {
                return Future.failedFuture(
                        new GatewayDisabledOrNotRegisteredException(tenant, HttpURLConnection.HTTP_FORBIDDEN));
            }
        }
        RegistrationAssertion assertion = new RegistrationAssertion(device).setAuthorizedGateways(via);
        JsonObject defaults = entry.device().getJsonObject("defaults");
        return Future.succeededFuture(defaults == null ? assertion : assertion.setDefaults(defaults.getMap()));
    }

    @Override
    public Future<CredentialsObject> get(String tenant, String type, String authId, @Nullable SpanContext span) {
        return registry.signIn(tenant, type, authId)
                .filter(found -> found.credential().getBoolean("enabled", true))
                .map(found -> Future.succeededFuture(found.credential()
                        .copy()
                        .put("device-id", found.deviceId())
                        .put("enabled", true)
                        .mapTo(CredentialsObject.class)))
                .orElseGet(
                        () -> Future.failedFuture(new ClientErrorException(tenant, HttpURLConnection.HTTP_NOT_FOUND)));
    }

    @Override
    public Future<CredentialsObject> get(
            String tenant, String type, String authId, JsonObject clientContext, @Nullable SpanContext span) {
        return get(tenant, type, authId, span);
    }

    static List<String> strings(@Nullable JsonArray array) {
        return array == null ? List.of() : array.stream().map(String::valueOf).toList();
    }
}
