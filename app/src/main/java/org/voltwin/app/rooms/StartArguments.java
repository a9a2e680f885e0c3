package org.voltwin.app.rooms;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.voltwin.app.config.DataFolder;
import org.voltwin.app.config.PlatformConfig;
import org.voltwin.app.config.Secrets;

/** What every process of ours is started with: {@code --data DIR [--config FILE]}. */
record StartArguments(DataFolder data, PlatformConfig config, Secrets secrets) {
    static StartArguments of(String[] arguments) {
        @Nullable Path data = null;
        @Nullable Path config = null;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--data" -> data = Path.of(arguments[i + 1]);
                case "--config" -> config = Path.of(arguments[i + 1]);
                default -> throw new IllegalArgumentException("Unknown argument " + arguments[i]);
            }
        }
        if (data == null) {
            throw new IllegalArgumentException("Give the data folder: --data DIR");
        }
        DataFolder folder = DataFolder.at(data);
        return new StartArguments(folder, PlatformConfig.load(config), Secrets.in(folder));
    }
}
