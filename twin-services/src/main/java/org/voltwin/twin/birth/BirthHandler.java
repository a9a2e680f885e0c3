package org.voltwin.twin.birth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.TwinId;
import org.voltwin.model.json.Json;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.twin.ditto.Twins;

/**
 * Creates the twin of an unknown cell, module or pack with the structure of its thing model (MW-03). Idempotent: the
 * thing is created only if it is not there. Blocking.
 */
public final class BirthHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BirthHandler.class);
    private static final Map<String, String> DEFINITIONS = Map.of(
            "cell", "org.voltwin:cell:1.0.0",
            "module", "org.voltwin:module:1.0.0",
            "pack", "org.voltwin:pack:1.0.0");

    private final Twins twins;
    private final Clock clock;
    private final Set<TwinId> known = ConcurrentHashMap.newKeySet();

    public BirthHandler(Twins twins, Clock clock) {
        this.twins = twins;
        this.clock = clock;
    }

    /** Whether things of this id's kind are born here. */
    public boolean concerns(TwinId id) {
        return id.namespace().equals(TwinId.NAMESPACE) && DEFINITIONS.containsKey(id.kind());
    }

    /** Sees to it that the unit's twin is there; throws when Ditto cannot be reached. */
    public void ensure(UnitUnderTest unit, String source) {
        ensure(unit.twin(), Optional.of(unit), source);
    }

    /** Sees to it that the twin is there; nothing happens for other kinds of things. */
    public void ensure(TwinId id, String source) {
        ensure(id, Optional.empty(), source);
    }

    private void ensure(TwinId id, Optional<UnitUnderTest> unit, String source) {
        if (!concerns(id) || known.contains(id)) {
            return;
        }
        if (twins.createIfAbsent(id, thing(id, unit, source))) {
            LOG.info("Born: {} from {}", id, source);
        }
        known.add(id);
    }

    /** To be told when a twin was deleted, so that it can be born again. */
    public void forget(TwinId id) {
        known.remove(id);
    }

    private ObjectNode thing(TwinId id, Optional<UnitUnderTest> unit, String source) {
        ObjectNode thing = Json.mapper().createObjectNode();
        thing.put("policyId", "org.voltwin:lab");
        thing.put("definition", DEFINITIONS.get(id.kind()));
        ObjectNode attributes = thing.putObject("attributes");
        attributes.put(
                "serialNumber",
                unit.map(UnitUnderTest::code)
                        .orElseGet(() -> id.name().substring(id.kind().length() + 1)));
        attributes.put("level", id.kind());
        unit.ifPresent(known -> attributes.put("generation", known.generation().id()));
        attributes.put("bornAt", clock.instant().toString());
        attributes.put("source", source);
        ObjectNode features = thing.putObject("features");
        for (String feature : new String[] {"electrical", "thermal", "state", "simulation", "quality", "telemetry"}) {
            features.putObject(feature).putObject("properties");
        }
        ((ObjectNode) features.path("quality").path("properties")).put("keptAsideValues", 0);
        ((ObjectNode) features.path("telemetry").path("properties")).put("rows", 0);
        return thing;
    }
}
