package org.voltwin.standalone.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.eclipse.hono.client.ServiceInvocationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.standalone.edge.registry.Registry.DeviceEntry;

class RegistryTest {

    private static final String BENCH = "org.voltwin:bench-1";

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsThereAfterReopening() throws Exception {
        Registry registry = filled();
        assertThat(Registry.open(folder).device("lab", BENCH)).isEqualTo(registry.device("lab", BENCH));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("registry.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDisabledDeviceOrTenantIsNotRegistered() throws Exception {
        Registry registry = filled();
        RegistryClients clients = new RegistryClients(registry);
        assertThat(clients.assertRegistration("lab", BENCH, null, null).succeeded())
                .isTrue();
        registry.putDevice("lab", BENCH, new DeviceEntry(new JsonObject().put("enabled", false), new JsonArray()));
        assertThat(status(clients.assertRegistration("lab", BENCH, null, null).cause()))
                .isEqualTo(404);
        registry.putDevice("lab", BENCH, new DeviceEntry(new JsonObject(), new JsonArray()));
        registry.putTenant("lab", new JsonObject().put("enabled", false));
        assertThat(status(clients.assertRegistration("lab", BENCH, null, null).cause()))
                .isEqualTo(404);
    }

    @Test
    void onlyAGatewayNamedInViaSpeaksForADevice() throws Exception {
        Registry registry = filled();
        RegistryClients clients = new RegistryClients(registry);
        registry.putDevice(
                "lab",
                "cell",
                new DeviceEntry(new JsonObject().put("via", new JsonArray().add(BENCH)), new JsonArray()));
        registry.putDevice("lab", "stranger", new DeviceEntry(new JsonObject(), new JsonArray()));
        assertThat(clients.assertRegistration("lab", "cell", BENCH, null).succeeded())
                .isTrue();
        assertThat(status(clients.assertRegistration("lab", "cell", "stranger", null)
                        .cause()))
                .isEqualTo(403);
    }

    @Test
    void signInNamesAreFoundUntilTheDeviceIsRemoved() throws Exception {
        Registry registry = filled();
        RegistryClients clients = new RegistryClients(registry);
        assertThat(clients.get("lab", Credentials.HASHED_PASSWORD, BENCH, null)
                        .result()
                        .getDeviceId())
                .isEqualTo(BENCH);
        registry.removeDevice("lab", BENCH);
        assertThat(status(clients.get("lab", Credentials.HASHED_PASSWORD, BENCH, null)
                        .cause()))
                .isEqualTo(404);
    }

    private Registry filled() throws Exception {
        Registry registry = Registry.open(folder);
        registry.putTenant("lab", new JsonObject().put("enabled", true));
        registry.putDevice(
                "lab",
                BENCH,
                new DeviceEntry(
                        new JsonObject(),
                        Credentials.password(BENCH, "a good secret", new CachedPasswords(new SecureRandom()))));
        return registry;
    }

    private static int status(Throwable failure) {
        return ServiceInvocationException.extractStatusCode(failure);
    }
}
