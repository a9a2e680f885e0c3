package org.voltwin.lims.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.RunState;

/** Brings the models of a run into the folder {@code <pool>/<uuid>/}; sends only what is not there yet. */
public final class DeliveryStage implements StageWork<RunState.Modelled> {
    private final SftpConfiguration configuration;
    private final ModelLibrary models;
    private final Clock clock;
    private final Consumer<UUID> announce;

    /** @param announce told of a run before anything of it reaches the pool */
    public DeliveryStage(SftpConfiguration configuration, ModelLibrary models, Clock clock, Consumer<UUID> announce) {
        this.configuration = configuration;
        this.models = models;
        this.clock = clock;
        this.announce = announce;
    }

    @Override
    public Class<RunState.Modelled> from() {
        return RunState.Modelled.class;
    }

    @Override
    public StageOutcome perform(RunState.Modelled state) {
        UUID run = state.request().uuid();
        announce.accept(run);
        String folder = run.toString();
        List<String> sent = new ArrayList<>();
        List<String> there = new ArrayList<>();
        try (SftpPool pool = SftpPool.connect(configuration)) {
            pool.makeFolder(folder);
            for (ModelFile file : connectionsLast(state.models().files())) {
                if (pool.has(folder, file.name(), file.sizeBytes(), file.sha256())) {
                    there.add(file.name());
                } else {
                    send(pool, folder, file);
                    sent.add(file.name());
                }
            }
        } catch (RefusedException e) {
            return new StageOutcome.Fail(e.failure());
        } catch (IOException e) {
            return new StageOutcome.Fail(Failure.passing(
                    "delivery.interrupted",
                    "The delivery of " + state.models().name() + " was interrupted: " + e.getMessage() + ".",
                    "It goes on by itself where it stopped."));
        }
        return new StageOutcome.Advance(state.delivered(new Delivery(folder, sent, there), clock.instant()));
    }

    private void send(SftpPool pool, String folder, ModelFile file) throws IOException {
        String digest;
        try (InputStream content = models.open(file)) {
            digest = pool.upload(folder, file.name(), content, file.sha256());
        }
        if (!digest.equals(file.sha256())) {
            throw new RefusedException(Failure.passing(
                    "delivery.model_changed",
                    "The model file " + file.path() + " is no longer the one that was selected: its digest is " + digest
                            + " instead of " + file.sha256() + ".",
                    "Leave a model under its version as it is; upload a change as a new version."));
        }
    }

    /** Who watches the pool may take the connections file as the sign that the delivery is complete. */
    private static List<ModelFile> connectionsLast(List<ModelFile> files) {
        return files.stream()
                .sorted(Comparator.comparing((ModelFile file) ->
                        !file.name().toLowerCase(Locale.ROOT).endsWith(".fmu")))
                .toList();
    }
}
