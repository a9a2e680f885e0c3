package org.voltwin.bench.emulated;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.bench.device.HonoAddress;
import org.voltwin.model.TwinId;

/**
 * An emulated bench.
 *
 * @param bench its twin, also its Hono device
 * @param password the device's, asked for at every attempt to connect
 * @param folder where its journal is kept; created when absent
 */
public record PhysicalBenchConfig(
        HonoAddress hono, TwinId bench, Supplier<String> password, Path folder, DeviceOptions device) {
    /** Without the password. */
    @Override
    public String toString() {
        return "PhysicalBenchConfig[hono=" + hono + ", bench=" + bench + ", folder=" + folder + "]";
    }
}
