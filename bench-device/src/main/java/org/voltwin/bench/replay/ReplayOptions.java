package org.voltwin.bench.replay;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.voltwin.bench.device.DeviceOptions;
import org.voltwin.bench.device.HonoAddress;
import org.voltwin.bench.measurement.MeasurementFormat;
import org.voltwin.model.TwinId;

/**
 * What is replayed, as whom, and where to.
 *
 * @param thing twin the measurement is about; also the Hono device that reports it
 * @param speed test seconds per second by the file's time axis; 0 = as fast as it is acknowledged
 * @param format empty: found out from the file
 * @param mapping for a generic table: its {@link org.voltwin.bench.measurement.ColumnMapping}
 * @param password the device's, asked for at every attempt to connect
 */
public record ReplayOptions(
        Path file,
        TwinId thing,
        double speed,
        Optional<MeasurementFormat> format,
        Optional<Path> mapping,
        HonoAddress hono,
        Supplier<String> password,
        DeviceOptions device) {
    public ReplayOptions {
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed is " + speed + ", but must be 0 or more");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ReplayOptions[file=" + file + ", thing=" + thing + ", speed=" + speed + ", hono=" + hono + "]";
    }
}
