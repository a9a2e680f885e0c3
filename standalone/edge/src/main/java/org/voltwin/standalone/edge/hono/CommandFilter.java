package org.voltwin.standalone.edge.hono;

import java.util.List;
import java.util.Optional;
import org.eclipse.hono.auth.Device;
import org.eclipse.hono.client.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A device's subscription to commands: {@code command///req/#} for its own, {@code command//+/req/#} (also with
 * {@code +} for the tenant) for those of all devices behind a gateway, {@code command//<device>/req/#} for one of them.
 * {@code c} and {@code q} are the short forms.
 *
 * @param filter as the device wrote it
 * @param ownTopics whether commands carry no device id in their topic
 * @param device the one device behind the gateway, null for all of them or the subscriber itself
 */
record CommandFilter(
        String filter, boolean ownTopics, @Nullable String device) {

    static Optional<CommandFilter> parse(String filter, Device subscriber) {
        List<String> parts = List.of(filter.split("/", -1));
        boolean shape = parts.size() == 5
                && (parts.get(0).equals("command") || parts.get(0).equals("c"))
                && (parts.get(3).equals("req") || parts.get(3).equals("q"))
                && parts.get(4).equals("#");
        if (!shape) {
            return Optional.empty();
        }
        String tenant = parts.get(1);
        if (!tenant.isEmpty() && !tenant.equals("+") && !tenant.equals(subscriber.getTenantId())) {
            return Optional.empty();
        }
        String device = parts.get(2);
        boolean all = device.equals("+");
        boolean own = device.isEmpty() || device.equals(subscriber.getDeviceId());
        return Optional.of(new CommandFilter(filter, device.isEmpty(), all || own ? null : device));
    }

    /** {@return the topic on which a command reaches the device} */
    String topic(Command command, Device subscriber) {
        List<String> parts = List.of(filter.split("/", -1));
        String tenant = parts.get(1).isEmpty() || parts.get(1).equals("+") ? "" : subscriber.getTenantId();
        String target = command.isTargetedAtGateway() || !ownTopics ? command.getDeviceId() : "";
        String request = command.isOneWay() ? "" : command.getRequestId();
        return String.join("/", parts.get(0), tenant, target, parts.get(3), request, command.getName());
    }
}
