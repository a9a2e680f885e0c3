package org.voltwin.standalone.edge.hono;

import io.opentracing.SpanContext;
import io.vertx.core.Future;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.hono.client.ClientErrorException;
import org.eclipse.hono.client.command.CommandContext;
import org.eclipse.hono.client.command.ProtocolAdapterCommandConsumer;
import org.eclipse.hono.client.command.ProtocolAdapterCommandConsumerFactory;
import org.jspecify.annotations.Nullable;

/** For an adapter whose devices take no commands: saves a Kafka consumer and says so when asked. */
final class NoCommands implements ProtocolAdapterCommandConsumerFactory {

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return Future.succeededFuture();
    }

    @Override
    public Future<ProtocolAdapterCommandConsumer> createCommandConsumer(
            String tenant,
            String device,
            boolean sendEvent,
            Function<CommandContext, Future<Void>> handler,
            @Nullable Duration lifespan,
            @Nullable SpanContext span) {
        return refuse();
    }

    @Override
    public Future<ProtocolAdapterCommandConsumer> createCommandConsumer(
            String tenant,
            String device,
            String gateway,
            boolean sendEvent,
            Function<CommandContext, Future<Void>> handler,
            @Nullable Duration lifespan,
            @Nullable SpanContext span) {
        return refuse();
    }

    private static Future<ProtocolAdapterCommandConsumer> refuse() {
        return Future.failedFuture(
                new ClientErrorException(HttpURLConnection.HTTP_BAD_REQUEST, "no commands over this protocol"));
    }
}
