package org.voltwin.standalone.edge.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.voltwin.standalone.edge.registry.Registry.DeviceEntry;
import org.voltwin.standalone.edge.registry.Registry.TenantEntry;

/** The registry's file: one JSON document, so that an administrator can read it. Secrets in it are hashes. */
final class RegistryFormat {

    private static final int VERSION = 1;

    private RegistryFormat() {}

    static String write(Map<String, TenantEntry> tenants) {
        JsonObject all = new JsonObject();
        tenants.forEach((id, tenant) -> {
            JsonObject devices = new JsonObject();
            tenant.devices()
                    .forEach((device, entry) -> devices.put(
                            device,
                            new JsonObject().put("device", entry.device()).put("credentials", entry.credentials())));
            all.put(id, new JsonObject().put("tenant", tenant.tenant()).put("devices", devices));
        });
        return new JsonObject().put("version", VERSION).put("tenants", all).encodePrettily();
    }

    static Map<String, TenantEntry> read(String text) {
        JsonObject document = new JsonObject(text);
        if (document.getInteger("version", 0) != VERSION) {
            throw new IllegalStateException("registry.json has version " + document.getValue("version")
                    + ", this program reads version " + VERSION
                    + ". Maybe a newer Voltwin wrote it: start that one, or move the file away.");
        }
        Map<String, TenantEntry> tenants = new TreeMap<>();
        JsonObject all = document.getJsonObject("tenants");
        for (String id : all.fieldNames()) {
            JsonObject tenant = all.getJsonObject(id);
            Map<String, DeviceEntry> devices = new TreeMap<>();
            JsonObject stored = tenant.getJsonObject("devices");
            for (String device : stored.fieldNames()) {
                JsonObject entry = stored.getJsonObject(device);
                devices.put(
                        device,
                        new DeviceEntry(
                                entry.getJsonObject("device"), entry.getJsonArray("credentials", new JsonArray())));
            }
            tenants.put(id, new TenantEntry(tenant.getJsonObject("tenant"), devices));
        }
        return tenants;
    }
}
