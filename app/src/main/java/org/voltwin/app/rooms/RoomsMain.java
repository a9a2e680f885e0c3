package org.voltwin.app.rooms;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.app.gateway.Gateway;
import org.voltwin.app.gateway.TokenCheck;
import org.voltwin.app.supervisor.PlatformStatus;
import org.voltwin.config.Change;
import org.voltwin.config.DittoApi;
import org.voltwin.config.DittoConfiguration;
import org.voltwin.config.admin.PolicyEndpoints;
import org.voltwin.config.people.KeycloakPeople;
import org.voltwin.config.people.Person;
import org.voltwin.cosim.bench.VirtualBenchPool;
import org.voltwin.cosim.check.FolderInspector;
import org.voltwin.cosim.library.AuditLog;
import org.voltwin.cosim.library.Exchange;
import org.voltwin.cosim.library.ExchangeEndpoints;
import org.voltwin.cosim.library.ModelEndpoints;
import org.voltwin.cosim.library.ModelsFolder;
import org.voltwin.cosim.library.SftpInbox;
import org.voltwin.cosim.library.SftpKeys;
import org.voltwin.doe.design.Designs;
import org.voltwin.doe.laboratory.LaboratoryPlanner;
import org.voltwin.lims.LimsRoom;
import org.voltwin.lims.broker.MqttMessageBus;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.http.Role;
import org.voltwin.model.port.MessageBus;
import org.voltwin.twin.TwinPorts;
import org.voltwin.twin.TwinRoom;

/** The rooms in one process. Reads as a list: adapters, rooms, endpoints, start. */
public final class RoomsMain {
    private static final Logger LOG = LoggerFactory.getLogger(RoomsMain.class);

    private RoomsMain() {}

    public static void main(String[] arguments) throws Exception {
        StartArguments start = StartArguments.of(arguments);
        Clock clock = Clock.systemUTC();
        Adapters adapters = new Adapters(start, clock);
        Supplier<String> tokens = adapters.tokens();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));

        MessageBus bus = new MqttMessageBus(adapters.broker());
        ModelsFolder models = new ModelsFolder(adapters.models());
        VirtualBenchPool virtualBenches = new VirtualBenchPool(adapters.virtualBenches(), bus);
        TwinRoom twins = new TwinRoom(vertx, adapters.twins(tokens), new TwinPorts(bus, models, virtualBenches, clock));
        LimsRoom lims = new LimsRoom(
                adapters.lims(),
                new LimsRoom.Ports(
                        bus,
                        models,
                        new FolderInspector(),
                        new Designs(),
                        twins.benchDirectory(),
                        new LaboratoryPlanner()),
                clock);

        applyConfiguration(adapters.ditto(), tokens);
        List<Endpoint> endpoints = new ArrayList<>(twins.endpoints());
        endpoints.addAll(lims.endpoints());
        endpoints.add(new ExperimentAnalysis(twins::designResults).endpoint());
        DittoApi policies = new DittoApi(adapters.ditto(), () -> "Bearer " + tokens.get());
        KeycloakPeople people = adapters.people();
        Exchange exchange = new Exchange(models, new AuditLog(adapters.modelsAudit(), clock), adapters.modelsRefused());
        SftpKeys sftpKeys = new SftpKeys(adapters.modelsUsers(), name -> rolesOf(people, name), clock);
        SftpInbox sftpDoor = new SftpInbox(adapters.modelsInbox(), exchange, sftpKeys).start();
        endpoints.addAll(new ModelEndpoints(exchange).endpoints());
        endpoints.addAll(new ExchangeEndpoints(exchange, sftpKeys).endpoints());
        endpoints.addAll(new PolicyEndpoints(policies, people, clock).endpoints());
        endpoints.addAll(new PlatformEndpoints(() -> PlatformStatus.read(start.data()), twins::health).endpoints());
        Gateway gateway = new Gateway(vertx, settings(start), tokenCheck(start), endpoints, twins::isReady);

        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            closeAll(List.of(gateway, sftpDoor, lims, twins, virtualBenches, people, policies, bus));
            vertx.close().toCompletionStage().toCompletableFuture().join();
            stopped.countDown();
        }));
        CompletableFuture<Void> listening = lims.start().toCompletableFuture();
        twins.start(lims.stages());
        gateway.start();
        listening.join();
        LOG.info("rooms ready on {}", start.config().publicUrl());
        stopped.await();
    }

    /** Policies and benches, before anything looks for them. A Ditto that is not there yet ends the process: it is started again. */
    private static void applyConfiguration(URI ditto, Supplier<String> tokens) {
        switch (DittoConfiguration.apply(ditto, tokens, false)) {
            case Outcome.Ok<List<Change>> ok ->
                ok.value().forEach(change -> LOG.info("applied: {}", change.inOneLine()));
            case Outcome.Refused<List<Change>> refused -> {
                LOG.error(
                        "The configuration cannot be applied: {}",
                        refused.failure().inOneLine());
                System.exit(1);
            }
        }
    }

    /** Of somebody who may sign in; empty for all others. */
    private static Optional<Set<Role>> rolesOf(KeycloakPeople people, String userName) {
        return people.named(userName)
                .filter(Person::enabled)
                .map(person -> person.roles().stream()
                        .flatMap(role -> Role.parse(role).stream())
                        .collect(Collectors.toSet()));
    }

    private static Gateway.Settings settings(StartArguments start) {
        return new Gateway.Settings(
                start.config().host(),
                start.config().ports().http(),
                start.config().issuer(),
                "http://localhost:" + start.config().ports().keycloak(),
                "voltwin-dashboards");
    }

    private static TokenCheck tokenCheck(StartArguments start) throws Exception {
        String issuer = start.config().issuer();
        return new TokenCheck(
                issuer, URI.create(issuer + "/protocol/openid-connect/certs").toURL());
    }

    static void closeAll(List<? extends AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
