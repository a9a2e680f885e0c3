package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.ditto.json.JsonObject;

/**
 * Thing Models of the Web of Things.
 *
 * @param localModels beginnings of URLs and the folders that stand for them
 * @param cacheSize how many models are kept
 * @param basePrefix what comes before {@code /api/2} in Thing Descriptions
 * @param descriptionTemplate fields that every Thing Description has
 * @param skeletons whether new things and features get what their model says they have
 */
public record WotSettings(
        Map<String, Path> localModels,
        int cacheSize,
        boolean skeletons,
        WotValidationSettings validation,
        String basePrefix,
        JsonObject descriptionTemplate) {
    static WotSettings of(Config ditto) {
        Config models = ditto.getConfig("standalone.wot.models");
        Map<String, Path> folders = models.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> ConfigUtil.splitPath(entry.getKey()).stream().collect(Collectors.joining(".")),
                        entry -> Path.of(models.getString(ConfigUtil.joinPath(ConfigUtil.splitPath(entry.getKey()))))));
        return new WotSettings(
                folders,
                ditto.getInt("things.wot.cache.maximum-size"),
                ditto.getBoolean("things.wot.creation.thing.skeleton-creation-enabled"),
                WotValidationSettings.of(ditto),
                ditto.getString("things.wot.to-thing-description.base-prefix"),
                JsonObject.of(ditto.getConfig("things.wot.to-thing-description.json-template")
                        .root()
                        .render(ConfigRenderOptions.concise())));
    }
}
