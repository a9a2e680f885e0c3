package org.voltwin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;

/**
 * Brings an Eclipse Ditto into line with what is declared. Idempotent: it reads first, changes only what differs, and
 * deletes nothing. Blocking.
 */
public final class DittoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DittoConfiguration.class);

    private DittoConfiguration() {}

    /**
     * Policies, then things.
     *
     * @param ditto its address: {@code http://127.0.0.1:8080}
     * @param token gives a bearer token of an account with the role service or lab-admin; asked for every request
     * @param dryRun only says what would change
     * @return the differences found, all of them removed unless {@code dryRun}; refused with {@code ditto.unreachable},
     *     {@code ditto.unauthorized}, {@code ditto.forbidden}, {@code ditto.unavailable} or {@code ditto.refused}. What
     *     was changed before a failure stays; the next call goes on from there.
     */
    public static Outcome<List<Change>> apply(URI ditto, Supplier<String> token, boolean dryRun) {
        try (DittoApi api = new DittoApi(ditto, () -> "Bearer " + token.get())) {
            List<Change> changes = new ArrayList<>();
            Optional<Failure> failure = bring(api, Kind.POLICY, Declared.policies(), dryRun, changes);
            if (failure.isEmpty()) {
                failure = bring(api, Kind.THING, Declared.things(), dryRun, changes);
            }
            return answer(failure, changes);
        }
    }

    /**
     * Connections, those all of whose values are given.
     *
     * @param devopsAuthorization gives the value of the Authorization header of Ditto's devops user
     * @param values {@code hono.tenant}; {@code lims.broker.uri} with user and password and, for a broker with a
     *     certificate of its own, {@code lims.broker.certificates} in PEM
     */
    public static Outcome<List<Change>> applyConnections(
            URI ditto, Supplier<String> devopsAuthorization, Map<String, String> values, boolean dryRun) {
        try (DittoApi api = new DittoApi(ditto, devopsAuthorization)) {
            List<Change> changes = new ArrayList<>();
            return answer(bring(api, Kind.CONNECTION, Declared.connections(values), dryRun, changes), changes);
        }
    }

    /** What {@link #apply} would put back in this policy; empty for a policy that is not declared here. */
    public static List<Change> putBackIn(ObjectNode policy) {
        return declared(policy.path(Kind.POLICY.idField).asText()).stream()
                .flatMap(declared -> Differences.ofPolicy(declared, Optional.of(policy)).stream())
                .toList();
    }

    /** Ids of the policies that are declared. */
    public static List<String> declaredPolicies() {
        return Declared.policies().stream()
                .map(policy -> policy.path(Kind.POLICY.idField).asText())
                .toList();
    }

    /** Labels of the entries that are declared in a policy. */
    public static SortedSet<String> declaredEntries(String policyId) {
        return declared(policyId)
                .map(declared -> declared.path("entries").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.<String, SortedSet<String>>toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new);
    }

    private static Optional<ObjectNode> declared(String policyId) {
        return Declared.policies().stream()
                .filter(policy -> policy.path(Kind.POLICY.idField).asText().equals(policyId))
                .findFirst();
    }

    private static Outcome<List<Change>> answer(Optional<Failure> failure, List<Change> changes) {
        return failure.<Outcome<List<Change>>>map(Outcome::refused).orElseGet(() -> Outcome.ok(List.copyOf(changes)));
    }

    /** What is declared, where it is, and how it is compared. */
    private enum Kind {
        POLICY("/policies/", "policyId", Differences::ofPolicy),
        THING("/things/", "thingId", Differences::ofThing),
        CONNECTION("/connections/", "id", Differences::ofConnection);

        private final String path;
        private final String idField;
        private final BiFunction<ObjectNode, Optional<JsonNode>, List<Change>> differences;

        Kind(String path, String idField, BiFunction<ObjectNode, Optional<JsonNode>, List<Change>> differences) {
            this.path = path;
            this.idField = idField;
            this.differences = differences;
        }
    }

    /** Empty when all went well. */
    private static Optional<Failure> bring(
            DittoApi api, Kind kind, List<ObjectNode> declared, boolean dryRun, List<Change> changes) {
        for (ObjectNode wanted : declared) {
            Outcome<List<Change>> found = api.get(
                            kind.path + wanted.path(kind.idField).asText())
                    .map(present -> kind.differences.apply(wanted, present));
            switch (found) {
                case Outcome.Refused<List<Change>> refused -> {
                    return Optional.of(refused.failure());
                }
                case Outcome.Ok<List<Change>> ok -> {
                    for (Change change : ok.value()) {
                        if (!dryRun && api.put(change.path(), change.after()) instanceof Outcome.Refused<Boolean> no) {
                            return Optional.of(no.failure());
                        }
                        LOG.info("{}{}", dryRun ? "would change " : "", change.inOneLine());
                        changes.add(change);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
