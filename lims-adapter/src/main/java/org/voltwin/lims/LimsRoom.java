package org.voltwin.lims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.voltwin.lims.catalogue.Catalogue;
import org.voltwin.lims.catalogue.CatalogueEndpoints;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.lims.database.LimsDatabase;
import org.voltwin.lims.delivery.DeliveryStage;
import org.voltwin.lims.pipeline.DataProcessorStage;
import org.voltwin.lims.pipeline.DoeRunnerStage;
import org.voltwin.lims.pipeline.PlanKeeper;
import org.voltwin.lims.pipeline.ScheduleStage;
import org.voltwin.lims.pool.PoolDeliveries;
import org.voltwin.lims.pool.PoolMonitor;
import org.voltwin.lims.pool.RejectedUploads;
import org.voltwin.lims.request.Requests;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.http.Endpoint;
import org.voltwin.model.port.BenchDirectory;
import org.voltwin.model.port.BenchScheduler;
import org.voltwin.model.port.ExperimentDesigner;
import org.voltwin.model.port.MessageBus;
import org.voltwin.model.port.ModelInspector;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.port.StageWork;

/** The room as a whole. */
public final class LimsRoom implements AutoCloseable {
    private final LimsDatabase database;
    private final Requests requests;
    private final PoolMonitor monitor;
    private final List<Endpoint> endpoints;
    private final List<StageWork<?>> stages;
    private final PlanKeeper keeper;

    /** What other rooms do for this one. The bus belongs to the caller, who also closes it. */
    public record Ports(
            MessageBus bus,
            ModelLibrary models,
            ModelInspector inspector,
            ExperimentDesigner designer,
            BenchDirectory benches,
            BenchScheduler scheduler) {}

    /** Opens and migrates the database; throws when it, or the storage, cannot be had. */
    public LimsRoom(LimsConfiguration configuration, Ports ports, Clock clock) {
        database = LimsDatabase.open(configuration.database());
        try {
            LaboratoryStorage storage = new LaboratoryStorage(configuration.storage());
            Procedures procedures = Procedures.standard();
            Catalogue catalogue = new Catalogue(database);
            requests = new Requests(database, catalogue, procedures, ports.bus(), clock);
            RejectedUploads rejected = new RejectedUploads(storage);
            PoolDeliveries deliveries = new PoolDeliveries(database, clock);
            monitor = new PoolMonitor(storage, rejected, runs(requests, deliveries), clock);
            endpoints =
                    endpoints(rejected, requests, new CatalogueEndpoints(catalogue, procedures, ports.models(), clock));
            ScheduleStage schedule = new ScheduleStage(
                    storage,
                    ports.benches(),
                    ports.scheduler(),
                    configuration.calendar(),
                    configuration.planningEffort(),
                    clock);
            keeper = schedule.keeper();
            stages = List.of(
                    new DeliveryStage(configuration.sftp(), ports.models(), clock, deliveries::announce),
                    new DataProcessorStage(storage, ports.inspector(), clock),
                    new DoeRunnerStage(storage, ports.designer(), procedures, configuration.maxScenarios(), clock),
                    schedule);
        } catch (IOException e) {
            database.close();
            throw new UncheckedIOException("The storage " + configuration.storage() + " cannot be used", e);
        }
    }

    private static List<Endpoint> endpoints(RejectedUploads rejected, Requests requests, CatalogueEndpoints catalogue) {
        // The fixed path first: /api/requests/{uuid} would match it too.
        List<Endpoint> all = new ArrayList<>(List.of(rejected.endpoint()));
        all.addAll(requests.endpoints());
        all.addAll(catalogue.endpoints());
        return List.copyOf(all);
    }

    private static PoolMonitor.Runs runs(Requests requests, PoolDeliveries deliveries) {
        return new PoolMonitor.Runs() {
            @Override
            public boolean isExpected(UUID run) {
                return deliveries.isAnnounced(run) || requests.knows(run);
            }

            @Override
            public Optional<Failure> over(UUID run) {
                return requests.ended(run);
            }
        };
    }

    /** Everything it answers over HTTP. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Delivery, data processor, DoE runner, schedule optimiser. */
    public List<StageWork<?>> stages() {
        return stages;
    }

    /**
     * Starts to watch the pool, to send requests and to listen for what becomes of them.
     *
     * @return completes when the broker has the subscriptions; waits for a broker that is not there yet
     */
    public CompletionStage<Void> start() {
        monitor.start();
        keeper.start();
        return requests.start();
    }

    @Override
    public void close() {
        keeper.close();
        try {
            monitor.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The pool's watch cannot be closed", e);
        } finally {
            requests.close();
            database.close();
        }
    }
}
