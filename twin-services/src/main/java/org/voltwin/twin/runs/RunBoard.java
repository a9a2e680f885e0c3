package org.voltwin.twin.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.run.RunState;
import org.voltwin.twin.collector.Bookings;
import org.voltwin.twin.ditto.TwinMirror;

/** All runs as the mirror shows them, decoded. */
public final class RunBoard implements Bookings {
    private static final Logger LOG = LoggerFactory.getLogger(RunBoard.class);
    private static final String KIND = "run";

    private final TwinMirror mirror;
    private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
    private final List<Consumer<Run>> listeners = new CopyOnWriteArrayList<>();

    public RunBoard(TwinMirror mirror) {
        this.mirror = mirror;
        mirror.addListener((id, thing) -> {
            if (id.kind().equals(KIND)) {
                thing.ifPresentOrElse(found -> take(id, found), () -> runs.remove(uuid(id)));
            }
        });
    }

    /** Told of every run that changed. */
    public void addListener(Consumer<Run> listener) {
        listeners.add(listener);
    }

    private void take(TwinId id, JsonNode thing) {
        switch (Run.of(thing)) {
            case Outcome.Ok<Run> run -> {
                runs.put(run.value().uuid(), run.value());
                listeners.forEach(listener -> listener.accept(run.value()));
            }
            case Outcome.Refused<Run> refused ->
                LOG.warn("{} is not a run: {}", id, refused.failure().inOneLine());
        }
    }

    private static UUID uuid(TwinId id) {
        return UUID.fromString(id.name().substring(KIND.length() + 1));
    }

    /** Whether all runs and benches were seen: before that, a bench may only seem to be free. */
    boolean isComplete() {
        return mirror.isSynced();
    }

    /** Newest first. */
    public List<Run> all() {
        return runs.values().stream()
                .sorted(Comparator.comparing((Run run) -> run.state().request().submittedAt())
                        .thenComparing(run -> run.state().request().number())
                        .reversed())
                .toList();
    }

    /** By request number or uuid. */
    public Optional<Run> find(String idOrUuid) {
        return runs.values().stream()
                .filter(run -> run.state().request().number().equalsIgnoreCase(idOrUuid)
                        || run.uuid().toString().equalsIgnoreCase(idOrUuid))
                .findFirst();
    }

    public Optional<Run> find(UUID uuid) {
        return Optional.ofNullable(runs.get(uuid));
    }

    /** The run as its twin says now. Blocking; throws when Ditto cannot be reached. */
    public Optional<Run> fetch(UUID uuid) {
        mirror.refresh(TwinId.ofRun(uuid));
        return find(uuid);
    }

    @Override
    public Optional<RunState> run(UUID uuid) {
        return find(uuid).or(() -> fetch(uuid)).map(Run::state);
    }
}
