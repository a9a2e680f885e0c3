package org.voltwin.standalone.edge.hono;

import io.opentracing.SpanContext;
import io.opentracing.noop.NoopSpan;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.eclipse.hono.client.ServerErrorException;
import org.eclipse.hono.client.ServiceInvocationException;
import org.eclipse.hono.client.command.CommandRouterClient;
import org.eclipse.hono.commandrouter.CommandRouterResult;
import org.eclipse.hono.commandrouter.CommandRouterService;
import org.jspecify.annotations.Nullable;

/** Hono's command router service, called directly instead of over AMQP. */
final class InProcessCommandRouter implements CommandRouterClient {

    private final CommandRouterService service;

    InProcessCommandRouter(CommandRouterService service) {
        this.service = service;
    }

    /** The service is started and stopped by whoever made it. */
    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> setLastKnownGatewayForDevice(
            String tenant, String device, String gateway, @Nullable SpanContext span) {
        return outcome(service.setLastKnownGatewayForDevice(tenant, device, gateway, NoopSpan.INSTANCE));
    }

    @Override
    public Future<Void> registerCommandConsumer(
            String tenant,
            String device,
            boolean sendEvent,
            String adapterInstance,
            @Nullable Duration lifespan,
            @Nullable SpanContext span) {
        Duration forever = Duration.ofSeconds(-1);
        return outcome(service.registerCommandConsumer(
                tenant, device, sendEvent, adapterInstance, lifespan == null ? forever : lifespan, NoopSpan.INSTANCE));
    }

    @Override
    public Future<Void> unregisterCommandConsumer(
            String tenant, String device, boolean sendEvent, String adapterInstance, @Nullable SpanContext span) {
        return outcome(
                service.unregisterCommandConsumer(tenant, device, sendEvent, adapterInstance, NoopSpan.INSTANCE));
    }

    @Override
    public Future<Void> enableCommandRouting(List<String> tenants, @Nullable SpanContext span) {
        return outcome(service.enableCommandRouting(tenants, NoopSpan.INSTANCE));
    }

    private static Future<Void> outcome(Future<CommandRouterResult> result) {
        return result.compose(answer -> {
            if (!answer.isError()) {
                return Future.succeededFuture();
            }
            return Future.failedFuture(
                    answer.getStatus() < 500
                            ? new org.eclipse.hono.client.ClientErrorException(answer.getStatus())
                            : new ServerErrorException(answer.getStatus()));
        });
    }

    /** {@return the HTTP status behind a failure of one of Hono's clients, 500 when it has none} */
    static int status(Throwable failure) {
        return ServiceInvocationException.extractStatusCode(failure);
    }
}
