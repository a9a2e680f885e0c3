package org.voltwin.twin.ditto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Twins in memory: merge patches, revisions, conditions of the form this room uses, and the feed of changes. */
public final class FakeTwins implements Twins, ChangeFeed {
    private static final Pattern CONDITION = Pattern.compile("eq\\(([\\w/]+),\"([^\"]*)\"\\)");

    private final Map<TwinId, ObjectNode> things = new TreeMap<>();
    private final List<TwinId> merges = new ArrayList<>();
    private Listener listener;
    private boolean down;

    public synchronized void setDown(boolean isDown) {
        down = isDown;
    }

    /** Ids of merges so far, in order. */
    public synchronized List<TwinId> merges() {
        return List.copyOf(merges);
    }

    private void check() {
        if (down) {
            throw new TwinsUnavailableException("Ditto is down");
        }
    }

    private void changed(TwinId id) {
        ObjectNode thing = things.get(id);
        thing.put("_revision", thing.path("_revision").asLong() + 1);
        if (listener != null) {
            listener.changed(id.value());
        }
    }

    @Override
    public synchronized boolean createIfAbsent(TwinId id, ObjectNode thing) {
        check();
        if (things.containsKey(id)) {
            return false;
        }
        ObjectNode copy = thing.deepCopy();
        copy.put("thingId", id.value());
        things.put(id, copy);
        changed(id);
        return true;
    }

    @Override
    public synchronized Optional<JsonNode> thing(TwinId id) {
        check();
        return Optional.ofNullable(things.get(id)).map(ObjectNode::deepCopy);
    }

    @Override
    public synchronized List<JsonNode> things(Set<TwinId> ids) {
        check();
        return ids.stream().flatMap(id -> thing(id).stream()).toList();
    }

    @Override
    public synchronized boolean merge(TwinId id, ObjectNode patch, Optional<String> condition) {
        check();
        ObjectNode thing = things.get(id);
        if (thing == null) {
            return false;
        }
        if (condition.isPresent()) {
            Matcher parts = CONDITION.matcher(condition.get());
            if (!parts.find()) {
                throw new IllegalArgumentException("The fake does not know " + condition.get());
            }
            do {
                if (!thing.at("/" + parts.group(1)).asText().equals(parts.group(2))) {
                    return false;
                }
            } while (parts.find());
        }
        checkNames(patch);
        merge(thing, patch);
        merges.add(id);
        changed(id);
        return true;
    }

    private static void checkNames(JsonNode part) {
        part.properties().forEach(entry -> {
            if (entry.getKey().matches(".*[\\x00-\\x1F\\x7F-\\xFF/].*")) {
                throw new RefusedException(
                        Failure.permanent("twin.refused", "'" + entry.getKey() + "'.", "Change it."));
            }
            checkNames(entry.getValue());
        });
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                target.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode part) {
                JsonNode known = target.path(entry.getKey());
                merge(known instanceof ObjectNode object ? object : target.putObject(entry.getKey()), part);
            } else {
                target.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    @Override
    public synchronized void search(String rqlFilter, Consumer<JsonNode> each) {
        check();
        List.copyOf(things.values()).forEach(thing -> each.accept(thing.deepCopy()));
    }

    @Override
    public synchronized boolean isUp() {
        return !down;
    }

    @Override
    public synchronized void start(Listener given) {
        listener = given;
        given.begun();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void close() {}

    /** Feature properties of a thing, missing node when there are none. */
    public synchronized JsonNode properties(TwinId id, String feature) {
        return Optional.ofNullable(things.get(id))
                .map(thing -> thing.at("/features/" + feature + "/properties"))
                .orElse(Json.mapper().missingNode());
    }
}
