package org.voltwin.config.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voltwin.config.DittoApi;
import org.voltwin.config.access.EffectiveAccess;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.RefusedException;

/** The policies of one Ditto. Blocking; throws {@link RefusedException} with {@code ditto.*} or {@code policy.*}. */
final class Policies {
    private static final int PAGE = 200;

    private final DittoApi ditto;
    private final Clock clock;

    Policies(DittoApi ditto, Clock clock) {
        this.ditto = ditto;
        this.clock = clock;
    }

    /** How many things each policy rules, by the policy's id. Ditto lists no policies: those without a thing are not here. */
    SortedMap<String, Integer> inUse() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        String cursor = "";
        do {
            String option = "size(" + PAGE + ")" + (cursor.isEmpty() ? "" : ",cursor(" + cursor + ")");
            JsonNode page = ditto.get("/search/things?fields=policyId&option=" + encoded(option))
                    .orThrow()
                    .orElseThrow(() -> new RefusedException(Failure.passing(
                            "ditto.no_search", "Ditto does not offer its search.", "Look at Ditto's own health.")));
            page.path("items")
                    .forEach(thing -> counts.merge(thing.path("policyId").asText(), 1, Integer::sum));
            cursor = page.path("cursor").asText("");
        } while (!cursor.isEmpty());
        return counts;
    }

    /** The policy of a thing. */
    String ofThing(String thing) {
        return ditto.get("/things/" + encoded(thing) + "?fields=policyId")
                .orThrow()
                .map(found -> found.path("policyId").asText())
                .orElseThrow(() -> new RefusedException(Failure.permanent(
                        "thing.not_found",
                        "There is no thing '" + thing + "'.",
                        "Take the id of one that /api/things lists.")));
    }

    /** A policy with its {@code _revision}. */
    ObjectNode get(String id) {
        return find(id).orElseThrow(() -> new RefusedException(Failure.permanent(
                "policy.not_found",
                "There is no policy '" + id + "', or Voltwin may not see it.",
                "Take one that /api/policies lists; an owner's policy has to name voltwin:service.")));
    }

    Optional<ObjectNode> find(String id) {
        return ditto.get("/policies/" + encoded(id) + "?fields=policyId,imports,entries,_revision")
                .orThrow()
                .map(ObjectNode.class::cast);
    }

    /** Writes a policy if its revision is still this one; 0 for one that is new. */
    void put(String id, ObjectNode policy, long revision) {
        ObjectNode content = policy.deepCopy();
        content.remove("_revision");
        content.remove("policyId");
        ditto.put("/policies/" + encoded(id), content, revision).orThrow();
    }

    /** What a policy means now; imports are read from Ditto. */
    EffectiveAccess access(ObjectNode policy) {
        ObjectNode content = policy.deepCopy();
        content.remove("_revision");
        return EffectiveAccess.of(content, this::find, clock.instant()).orThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
