package org.voltwin.standalone.edge.hono;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentracing.Tracer;
import io.opentracing.noop.NoopTracerFactory;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import org.eclipse.hono.adapter.MessagingClientProviders;
import org.eclipse.hono.adapter.ProtocolAdapterProperties;
import org.eclipse.hono.adapter.auth.device.usernamepassword.UsernamePasswordAuthProvider;
import org.eclipse.hono.client.command.CommandResponseSender;
import org.eclipse.hono.client.command.CommandRouterClient;
import org.eclipse.hono.client.command.ProtocolAdapterCommandConsumerFactory;
import org.eclipse.hono.client.command.ProtocolAdapterCommandConsumerFactoryImpl;
import org.eclipse.hono.client.command.kafka.KafkaBasedCommandResponseSender;
import org.eclipse.hono.client.command.kafka.KafkaBasedInternalCommandConsumer;
import org.eclipse.hono.client.kafka.metrics.NoopKafkaClientMetricsSupport;
import org.eclipse.hono.client.kafka.producer.CachingKafkaProducerFactory;
import org.eclipse.hono.client.telemetry.EventSender;
import org.eclipse.hono.client.telemetry.TelemetrySender;
import org.eclipse.hono.client.telemetry.kafka.KafkaBasedEventSender;
import org.eclipse.hono.client.telemetry.kafka.KafkaBasedTelemetrySender;
import org.eclipse.hono.client.util.MessagingClientProvider;
import org.eclipse.hono.commandrouter.CommandConsumerFactory;
import org.eclipse.hono.commandrouter.CommandTargetMapper;
import org.eclipse.hono.commandrouter.MicrometerBasedCommandRouterMetrics;
import org.eclipse.hono.commandrouter.impl.CommandRouterServiceImpl;
import org.eclipse.hono.commandrouter.impl.UnknownStatusProvidingService;
import org.eclipse.hono.commandrouter.impl.kafka.KafkaBasedCommandConsumerFactoryImpl;
import org.eclipse.hono.config.ServiceConfigProperties;
import org.eclipse.hono.deviceconnection.common.CacheBasedDeviceConnectionInfo;
import org.eclipse.hono.service.auth.HonoPasswordEncoder;
import org.voltwin.standalone.edge.registry.RegistryClients;

/** Wires Hono's parts to each other, to Kafka and to the registry, and starts them. */
public final class HonoEdge {

    static final int MAX_PAYLOAD_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final KafkaAccess kafka;
    private final RegistryClients registry;
    private final HonoPasswordEncoder encoder;
    private final CachingKafkaProducerFactory<String, Buffer> producers;
    private final Tracer tracer = NoopTracerFactory.create();

    public HonoEdge(Vertx vertx, KafkaAccess kafka, RegistryClients registry, HonoPasswordEncoder encoder) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.registry = registry;
        this.encoder = encoder;
        this.producers = CachingKafkaProducerFactory.sharedFactory(vertx);
    }

    /** Starts command router, then adapters. The result fails when a port is taken; Kafka may come later. */
    public Future<Void> start(String host, int mqttPort, int httpPort) {
        CommandRouterServiceImpl router = commandRouter();
        CommandRouterClient client = new InProcessCommandRouter(router);
        return vertx.deployVerticle(new RouterVerticle(router))
                .compose(id -> deploy(new MqttAdapter(authentication()), commands(client), client, host, mqttPort))
                .compose(id -> deploy(new HttpAdapter(authentication()), new NoCommands(), client, host, httpPort))
                .mapEmpty();
    }

    private UsernamePasswordAuthProvider authentication() {
        return new UsernamePasswordAuthProvider(registry, encoder, tracer);
    }

    private CommandRouterServiceImpl commandRouter() {
        CacheBasedDeviceConnectionInfo connections =
                new CacheBasedDeviceConnectionInfo(new ConnectedDevices(Clock.systemUTC()), tracer);
        // Hono's CommandRouterMetrics.NOOP fails with a NullPointerException, so real metrics nobody reads.
        MicrometerBasedCommandRouterMetrics metrics =
                new MicrometerBasedCommandRouterMetrics(new SimpleMeterRegistry(), vertx);
        CommandConsumerFactory consumers = new KafkaBasedCommandConsumerFactoryImpl(
                vertx,
                registry,
                CommandTargetMapper.create(registry, connections, tracer),
                producers,
                kafka.producer(),
                kafka.producer(),
                kafka.consumer(),
                metrics,
                NoopKafkaClientMetricsSupport.INSTANCE,
                tracer);
        return new CommandRouterServiceImpl(
                new ServiceConfigProperties(),
                registry,
                registry,
                connections,
                new MessagingClientProvider<CommandConsumerFactory>().setClient(consumers),
                new MessagingClientProvider<EventSender>().setClient(eventSender()),
                new UnknownStatusProvidingService(),
                tracer);
    }

    private EventSender eventSender() {
        return new KafkaBasedEventSender(vertx, producers, kafka.producer(), true, tracer);
    }

    private ProtocolAdapterCommandConsumerFactory commands(CommandRouterClient router) {
        ProtocolAdapterCommandConsumerFactoryImpl commands =
                new ProtocolAdapterCommandConsumerFactoryImpl(vertx, router, "hono-mqtt");
        commands.registerInternalCommandConsumer((instance, handlers) -> new KafkaBasedInternalCommandConsumer(
                vertx, kafka.admin(), kafka.consumer(), registry, responseSender(), instance, handlers, tracer));
        return commands;
    }

    private CommandResponseSender responseSender() {
        return new KafkaBasedCommandResponseSender(vertx, producers, kafka.producer(), tracer);
    }

    private Future<String> deploy(
            UplinkAdapter adapter,
            ProtocolAdapterCommandConsumerFactory commands,
            CommandRouterClient router,
            String host,
            int port) {
        ProtocolAdapterProperties properties = new ProtocolAdapterProperties();
        properties.setInsecurePortBindAddress(host);
        properties.setInsecurePort(port);
        properties.setMaxPayloadSize(MAX_PAYLOAD_BYTES);
        adapter.setConfig(properties);
        adapter.setTracer(tracer);
        adapter.setTenantClient(registry);
        adapter.setRegistrationClient(registry);
        adapter.setCredentialsClient(registry);
        adapter.setCommandRouterClient(router);
        adapter.setCommandConsumerFactory(commands);
        adapter.setMessagingClientProviders(new MessagingClientProviders(
                new MessagingClientProvider<TelemetrySender>()
                        .setClient(new KafkaBasedTelemetrySender(vertx, producers, kafka.producer(), true, tracer)),
                new MessagingClientProvider<EventSender>().setClient(eventSender()),
                new MessagingClientProvider<CommandResponseSender>().setClient(responseSender())));
        return vertx.deployVerticle(adapter);
    }

    /** The router insists on being started in a Vert.x context of its own. */
    private static final class RouterVerticle extends AbstractVerticle {
        private final CommandRouterServiceImpl router;

        RouterVerticle(CommandRouterServiceImpl router) {
            this.router = router;
        }

        @Override
        public void start(Promise<Void> started) {
            router.start().onComplete(started);
        }

        @Override
        public void stop(Promise<Void> stopped) {
            router.stop().onComplete(stopped);
        }
    }
}
