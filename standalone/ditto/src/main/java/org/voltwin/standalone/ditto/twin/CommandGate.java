package org.voltwin.standalone.ditto.twin;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.ditto.base.model.entity.id.WithEntityId;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonArray;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.SubjectId;
import org.eclipse.ditto.policies.model.signals.commands.actions.PolicyActionCommand;
import org.eclipse.ditto.policies.model.signals.commands.modify.PolicyModifyCommand;
import org.eclipse.ditto.policies.model.signals.commands.query.PolicyQueryCommand;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.signals.commands.modify.MigrateThingDefinition;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThing;
import org.eclipse.ditto.things.model.signals.commands.query.RetrieveThings;
import org.eclipse.ditto.things.model.signals.commands.query.ThingQueryCommand;
import org.voltwin.standalone.ditto.journal.Journal;
import org.voltwin.standalone.ditto.policy.Access;

/**
 * The one way in for commands. A command is decided at once against the state in memory; its answer, and the events
 * about it, are given only when its changes, and all before them, are on the disk.
 *
 * <p>Not thread-safe: call from the loop's thread, on which answers and events are given too.
 */
public final class CommandGate {
    /** A snapshot writes all entities: with many of them it waits for more changes. */
    private static final int ENTITIES_PER_CHANGE = 4;

    private static final String DRY_RUN = "dry-run";
    private static final JsonPointer DEFINITION = JsonPointer.of("definition");
    private static final JsonPointer FEATURES = JsonPointer.of("features");

    private final Twins twins;
    private final Journal journal;
    private final ChangeListener listener;
    private final Executor loop;
    private final Clock clock;
    private final ThingCommands things;
    private final PolicyCommands policies;
    private final PolicyActions policyActions;
    private final ModelRules rules;
    private final History history;
    private final History.KeptHeaders keptHeaders;
    private final int changesPerSnapshot;
    private long changesSinceSnapshot;

    public CommandGate(
            Twins twins,
            Access access,
            ThingViews views,
            Journal journal,
            ChangeListener listener,
            Executor loop,
            Clock clock,
            int changesPerSnapshot,
            SubjectExpiries expiries,
            ModelRules rules,
            History history,
            History.KeptHeaders keptHeaders) {
        this.history = history;
        this.keptHeaders = keptHeaders;
        this.rules = rules;
        this.twins = twins;
        this.journal = journal;
        this.listener = listener;
        this.loop = loop;
        this.clock = clock;
        this.changesPerSnapshot = changesPerSnapshot;
        this.changesSinceSnapshot = twins.replayedChanges();
        var policyChanges = new PolicyChanges(access, expiries);
        this.things = new ThingCommands(twins, access, views, policyChanges);
        this.policies = new PolicyCommands(twins, access, policyChanges);
        this.policyActions = new PolicyActions(twins, access, policyChanges, expiries);
    }

    /**
     * Decides a command; its headers say who sent it.
     *
     * @return the reply when it is durable
     * @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when the command is refused
     */
    public CompletionStage<Reply> submit(Signal<?> command) {
        Unsupported.check(command);
        CompletableFuture<Signal<?>> prepared = rules.prepare(command).toCompletableFuture();
        return prepared.isDone() ? decide(prepared.join()) : prepared.thenCompose(this::decide);
    }

    private CompletionStage<Reply> decide(Signal<?> command) {
        PastQuery past = PastQuery.of(command.getDittoHeaders());
        if (past != null) {
            return past(command, past);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Decision decision = switch (command) {
            case MigrateThingDefinition migrate -> migrate(migrate, now);
            case ThingModifyCommand<?> modify -> things.modify(modify, now);
            case ThingQueryCommand<?> query -> Decision.answer(things.query(query));
            case RetrieveThings query -> Decision.answer(things.query(query));
            case PolicyModifyCommand<?> modify -> policies.modify(modify, now);
            case PolicyActionCommand<?> action -> policyActions.act(action, now);
            case PolicyQueryCommand<?> query -> Decision.answer(policies.query(query));
            default ->
                throw NotSupportedException.of("The command '" + command.getType() + "'", command.getDittoHeaders());
        };
        boolean dryRun = "true".equals(command.getDittoHeaders().get(DRY_RUN));
        return carryOut(dryRun ? tried(decision, command.getDittoHeaders()) : decision, command.getDittoHeaders());
    }

    /** Everything is checked, nothing happens. */
    private Decision tried(Decision decision, DittoHeaders headers) {
        decision.changes().forEach(change -> checkModel(change, headers));
        return Decision.answer(decision.reply());
    }

    private CompletionStage<Reply> past(Signal<?> command, PastQuery past) {
        return switch (command) {
            case RetrieveThings several -> past(several, past);
            case ThingQueryCommand<?> query
            when query instanceof WithEntityId thing ->
                history.of(EntityKind.THING, thing.getEntityId().toString())
                        .thenApply(timeline -> things.query(query, past, timeline));
            case PolicyQueryCommand<?> query ->
                history.of(EntityKind.POLICY, query.getEntityId().toString())
                        .thenApply(timeline -> policies.query(query, past, timeline));
            default ->
                throw NotSupportedException.of(
                        "The command '" + command.getType() + "' in the past", command.getDittoHeaders());
        };
    }

    /** What of several things there was, without those that were not there or are not the caller's to see. */
    private CompletionStage<Reply> past(RetrieveThings several, PastQuery past) {
        CompletionStage<JsonArray> all = CompletableFuture.completedFuture(JsonArray.empty());
        for (ThingId id : several.getEntityIds()) {
            RetrieveThing one = RetrieveThing.getBuilder(id, several.getDittoHeaders())
                    .withSelectedFields(several.getSelectedFields().orElse(null))
                    .build();
            CompletionStage<Optional<JsonValue>> known =
                    history.of(EntityKind.THING, id.toString()).thenApply(timeline -> valueOf(one, past, timeline));
            all = all.thenCombine(
                    known, (found, value) -> value.map(each -> found.add(each)).orElse(found));
        }
        return all.thenApply(found -> Reply.ok(found, null));
    }

    private Optional<JsonValue> valueOf(RetrieveThing query, PastQuery past, Timeline timeline) {
        try {
            return Optional.ofNullable(things.query(query, past, timeline).value());
        } catch (DittoRuntimeException e) {
            return Optional.empty();
        }
    }

    private Decision migrate(MigrateThingDefinition command, Instant now) {
        Decision decision = things.migrate(command, now);
        return command.getDittoHeaders().isDryRun() ? tried(decision, command.getDittoHeaders()) : decision;
    }

    /**
     * Takes the subjects that have expired out of a policy.
     *
     * @param kept those that stay until their end is acknowledged
     */
    public void removeExpiredSubjects(PolicyId id, Set<SubjectId> kept) {
        EntityState.PolicyState before = twins.policy(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Change change = before == null
                ? null
                : PolicyChanges.withoutExpired(
                        before, twins.nextRevision(EntityKind.POLICY, id.toString(), before), now, kept);
        if (change != null) {
            carryOut(Decision.of(Applied.of(change, before), Reply.noContent(null)), DittoHeaders.empty());
        }
    }

    private CompletionStage<Reply> carryOut(Decision decided, DittoHeaders headers) {
        var decision = new Decision(
                decided.changes().stream()
                        .map(applied -> applied.withChange(keptHeaders.keep(applied.change(), headers)))
                        .toList(),
                decided.reply());
        if (decision.changes().isEmpty()) {
            CompletableFuture<Void> settled = journal.settled();
            return settled.isDone() && !settled.isCompletedExceptionally()
                    ? CompletableFuture.completedFuture(decision.reply())
                    : settled.thenApplyAsync(done -> decision.reply(), loop);
        }
        decision.changes().forEach(change -> checkModel(change, headers));
        decision.changes().forEach(twins::apply);
        CompletableFuture<Void> durable = journal.append(
                Change.encode(decision.changes().stream().map(Applied::change).toList()));
        changesSinceSnapshot += decision.changes().size();
        if (changesSinceSnapshot >= Math.max(changesPerSnapshot, twins.entityCount() / ENTITIES_PER_CHANGE)) {
            changesSinceSnapshot = 0;
            journal.rotate(twins.snapshot());
        }
        // The answer goes out before the events: a client that sees both knows them by the same correlation id, and
        // takes the first one for the answer.
        var answered = new CompletableFuture<Reply>();
        durable.whenCompleteAsync(
                (done, failure) -> {
                    if (failure != null) {
                        answered.completeExceptionally(failure);
                        return;
                    }
                    answered.complete(decision.reply());
                    decision.changes()
                            .forEach(each -> listener.changed(each.change(), each.before(), each.after(), headers));
                },
                loop);
        return answered;
    }

    private void checkModel(Applied applied, DittoHeaders headers) {
        EntityState after = applied.after();
        if (applied.change().kind() != EntityKind.THING || after == null) {
            return;
        }
        JsonObject json = after.json();
        if (json.getValue(DEFINITION).isPresent() || json.getValue(FEATURES).isPresent()) {
            EntityState before = applied.before();
            rules.check(before == null ? null : before.json(), json, headers);
        }
    }

    /** Completes on the loop when everything accepted so far is on the disk. */
    public CompletionStage<Void> settled() {
        return journal.settled().thenRunAsync(() -> {}, loop);
    }
}
