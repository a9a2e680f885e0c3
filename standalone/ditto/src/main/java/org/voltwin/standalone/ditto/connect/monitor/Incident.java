package org.voltwin.standalone.ditto.connect.monitor;

import java.util.Map;
import org.eclipse.ditto.base.model.entity.id.EntityId;
import org.eclipse.ditto.connectivity.model.LogCategory;
import org.eclipse.ditto.connectivity.model.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one message.
 *
 * @param address of the source or target
 */
public record Incident(
        LogCategory category,
        MetricType type,
        String address,
        boolean success,
        String correlationId,
        @Nullable EntityId entity,
        String message) {
    public static Incident success(
            LogCategory category,
            MetricType type,
            String address,
            Map<String, String> headers,
            @Nullable EntityId entity,
            String message) {
        return new Incident(category, type, address, true, correlationId(headers), entity, message);
    }

    public static Incident failure(
            LogCategory category,
            MetricType type,
            String address,
            Map<String, String> headers,
            @Nullable EntityId entity,
            String message) {
        return new Incident(category, type, address, false, correlationId(headers), entity, message);
    }

    private static String correlationId(Map<String, String> headers) {
        return headers.getOrDefault("correlation-id", "<not-provided>");
    }
}
