package org.voltwin.lims.pipeline;

import static org.voltwin.lims.storage.LaboratoryStorage.entries;
import static org.voltwin.lims.storage.LaboratoryStorage.isConnections;
import static org.voltwin.lims.storage.LaboratoryStorage.isFile;
import static org.voltwin.lims.storage.LaboratoryStorage.isFmu;
import static org.voltwin.lims.storage.LaboratoryStorage.isFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;
import org.voltwin.model.port.ModelInspector;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.port.StageWork;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.SimulationFolder;

/**
 * Data processor: checks what was delivered and moves it into the run's folder.
 *
 * <p>It can be stopped anywhere. Until the folder {@code fmus.incoming} exists nothing has moved; once it does, the
 * files were found good and only the moves are left; once {@code fmus} exists they are done.
 */
public final class DataProcessorStage implements StageWork<RunState.Delivered> {
    private static final Logger LOG = LoggerFactory.getLogger(DataProcessorStage.class);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final LaboratoryStorage storage;
    private final ModelInspector inspector;
    private final Clock clock;

    public DataProcessorStage(LaboratoryStorage storage, ModelInspector inspector, Clock clock) {
        this.storage = storage;
        this.inspector = inspector;
        this.clock = clock;
    }

    /** Paths of one run; the day is that of the delivery, so it is the same however often this is done. */
    private record Places(Path pool, Path folder, Path incoming, Path fmus, Path doeInput) {}

    private Places places(RunState.Delivered state) {
        Path folder = storage.resolve("fastest_simulation_" + DAY.format(state.since()) + "_"
                + state.request().uuid());
        Path models = folder.resolve("fastest-models");
        return new Places(
                storage.pool().resolve(state.delivery().poolFolder()),
                folder,
                models.resolve("fmus.incoming"),
                models.resolve("fmus"),
                folder.resolve("doe-input"));
    }

    @Override
    public Class<RunState.Delivered> from() {
        return RunState.Delivered.class;
    }

    @Override
    public StageOutcome perform(RunState.Delivered state) {
        Places places = places(state);
        List<ModelFile> expected = state.before().models().files();
        try {
            if (!isFolder(places.fmus())) {
                if (!isFolder(places.incoming())) {
                    check(places.pool(), expected);
                    Files.createDirectories(places.incoming());
                }
                moveIn(places, expected);
            }
            LaboratoryStorage.write(places.doeInput().resolve("request.json"), Json.bytes(state.request()));
            emptyPool(places.pool());
            return new StageOutcome.Advance(state.validated(describe(places), clock.instant()));
        } catch (RefusedException e) {
            return new StageOutcome.Fail(e.failure());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Data processor of " + state.request().number(), e);
        }
    }

    private void check(Path pool, List<ModelFile> expected) throws IOException {
        List<String> there = entries(pool).stream()
                .filter(LaboratoryStorage::isFile)
                .map(file -> file.getFileName().toString())
                .toList();
        if (there.stream().noneMatch(LaboratoryStorage::isFmu)) {
            throw refused("pool.missing_fmu", "The delivery " + storage.relative(pool) + " holds no FMU.");
        }
        if (there.stream().noneMatch(LaboratoryStorage::isConnections)) {
            throw refused(
                    "pool.missing_connections",
                    "The delivery " + storage.relative(pool)
                            + " holds neither connections.json nor inter_connection.json.");
        }
        List<ModelInspector.Finding> findings = inspector.inspectFolder(pool.toString());
        findings.stream().filter(finding -> !finding.error()).forEach(w -> LOG.warn("{}: {}", w.place(), w.cause()));
        refuseErrors(findings.stream().filter(ModelInspector.Finding::error).toList());
        for (ModelFile file : expected) {
            Path delivered = pool.resolve(file.name());
            if (!isFile(delivered)) {
                throw refused("pool.missing_file", "The delivery lacks " + file.name() + ".");
            }
            if (!LaboratoryStorage.sha256(delivered).equals(file.sha256())) {
                throw refused(
                        "pool.file_changed", "The file " + file.name() + " in the pool is not the one delivered.");
            }
        }
    }

    private static RefusedException refused(String code, String cause) {
        return new RefusedException(Failure.permanent(
                code, cause, "See that the models exchange has all files of the model, and file the request again."));
    }

    /** The first error gives the code; the cause names up to three. */
    private static void refuseErrors(List<ModelInspector.Finding> errors) {
        if (errors.isEmpty()) {
            return;
        }
        String cause = errors.stream()
                .limit(3)
                .map(finding -> finding.place() + ": " + finding.cause())
                .collect(Collectors.joining(" "));
        String more = errors.size() > 3 ? " And " + (errors.size() - 3) + " more." : "";
        throw new RefusedException(Failure.permanent(
                errors.get(0).code(), cause + more, errors.get(0).remedy()));
    }

    private static void moveIn(Places places, List<ModelFile> expected) throws IOException {
        for (ModelFile file : expected) {
            Path target = places.incoming().resolve(file.name());
            if (!isFile(target)) {
                LaboratoryStorage.move(places.pool().resolve(file.name()), target);
            }
        }
        LaboratoryStorage.move(places.incoming(), places.fmus());
    }

    /** Whatever else is in there was not part of the delivery: the pool's monitor keeps it aside with a reason. */
    private static void emptyPool(Path pool) throws IOException {
        if (isFolder(pool) && entries(pool).isEmpty()) {
            Files.delete(pool);
        }
    }

    private SimulationFolder describe(Places places) throws IOException {
        List<String> moved = entries(places.fmus()).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> isFmu(name) || isConnections(name))
                .toList();
        return new SimulationFolder(
                storage.relative(places.folder()),
                storage.relative(places.fmus()),
                storage.relative(places.doeInput()),
                moved,
                (int) moved.stream().filter(LaboratoryStorage::isFmu).count());
    }
}
