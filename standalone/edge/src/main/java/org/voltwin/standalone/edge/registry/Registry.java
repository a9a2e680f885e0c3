package org.voltwin.standalone.edge.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Tenants, devices and credentials. Every change is on disk before it is visible and before the method returns; readers
 * never wait. Safe for any number of threads; changes block for one file write and do not belong on an event loop.
 */
public final class Registry {

    /** One device: Hono's device object, and its credentials in Hono's format with hashed secrets. */
    public record DeviceEntry(JsonObject device, JsonArray credentials) {
        boolean enabled() {
            return device.getBoolean("enabled", true);
        }
    }

    /** One tenant: Hono's tenant object, and its devices by id. */
    public record TenantEntry(JsonObject tenant, Map<String, DeviceEntry> devices) {
        boolean enabled() {
            return tenant.getBoolean("enabled", true);
        }
    }

    /** What a sign-in name points to. */
    record AuthKey(String tenant, String type, String authId) {}

    /** The credential behind a sign-in name. */
    record Found(String deviceId, JsonObject credential) {}

    private record State(Map<String, TenantEntry> tenants, Map<AuthKey, Found> signIns) {}

    private final DurableFile file;
    private volatile State state;

    private Registry(DurableFile file, State state) {
        this.file = file;
        this.state = state;
    }

    /** Reads the registry of a folder, or starts an empty one. */
    public static Registry open(Path folder) throws IOException {
        DurableFile file = new DurableFile(folder.resolve("registry.json"));
        Optional<String> text = file.read();
        Map<String, TenantEntry> tenants = text.map(RegistryFormat::read).orElseGet(TreeMap::new);
        return new Registry(file, new State(tenants, index(tenants)));
    }

    /** {@return the tenant, if there is one} */
    public Optional<TenantEntry> tenant(String tenant) {
        return Optional.ofNullable(state.tenants().get(tenant));
    }

    /** {@return ids of all tenants} */
    public List<String> tenantIds() {
        return List.copyOf(state.tenants().keySet());
    }

    /** {@return the device, if tenant and device exist} */
    public Optional<DeviceEntry> device(String tenant, String device) {
        return tenant(tenant).map(entry -> entry.devices().get(device));
    }

    Optional<Found> signIn(String tenant, String type, String authId) {
        return Optional.ofNullable(state.signIns().get(new AuthKey(tenant, type, authId)));
    }

    /** Adds or replaces a tenant's object and keeps its devices. */
    public void putTenant(String tenant, JsonObject object) throws IOException {
        change(tenants -> {
            TenantEntry before = tenants.get(tenant);
            tenants.put(tenant, new TenantEntry(object, before == null ? Map.of() : before.devices()));
            return tenants;
        });
    }

    void removeTenant(String tenant) throws IOException {
        change(tenants -> {
            tenants.remove(tenant);
            return tenants;
        });
    }

    /** Adds or replaces a device; the tenant must exist. */
    public void putDevice(String tenant, String device, DeviceEntry entry) throws IOException {
        changeDevices(tenant, devices -> {
            devices.put(device, entry);
            return devices;
        });
    }

    void removeDevice(String tenant, String device) throws IOException {
        changeDevices(tenant, devices -> {
            devices.remove(device);
            return devices;
        });
    }

    private void changeDevices(String tenant, UnaryOperator<Map<String, DeviceEntry>> change) throws IOException {
        change(tenants -> {
            TenantEntry before = tenants.get(tenant);
            if (before != null) {
                Map<String, DeviceEntry> devices = change.apply(new TreeMap<>(before.devices()));
                tenants.put(tenant, new TenantEntry(before.tenant(), devices));
            }
            return tenants;
        });
    }

    private synchronized void change(UnaryOperator<Map<String, TenantEntry>> change) throws IOException {
        Map<String, TenantEntry> tenants = change.apply(new TreeMap<>(state.tenants()));
        State next = new State(tenants, index(tenants));
        file.write(RegistryFormat.write(tenants));
        state = next;
    }

    private static Map<AuthKey, Found> index(Map<String, TenantEntry> tenants) {
        Map<AuthKey, Found> index = new LinkedHashMap<>();
        tenants.forEach((tenant, entry) -> entry.devices()
                .forEach((device, stored) -> stored.credentials().stream()
                        .map(JsonObject.class::cast)
                        .forEach(credential -> index.put(
                                new AuthKey(tenant, credential.getString("type"), credential.getString("auth-id")),
                                new Found(device, credential)))));
        return index;
    }
}
