package org.voltwin.standalone.ditto.wot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.DefinitionIdentifier;
import org.eclipse.ditto.things.model.Feature;
import org.eclipse.ditto.things.model.FeatureDefinition;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.modify.CreateThing;
import org.eclipse.ditto.things.model.signals.commands.modify.MigrateThingDefinition;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyFeature;
import org.eclipse.ditto.things.model.signals.commands.modify.ModifyThing;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.standalone.ditto.config.WotSettings;
import org.voltwin.standalone.ditto.twin.ModelRules;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Checks things against the Thing Model of their definition, and gives new things and features what it says they have; what the command brings wins.
 * A model that cannot be had changes nothing: the thing is created as the command says.
 */
public final class WotModels implements ModelRules {
    private static final Logger LOG = LoggerFactory.getLogger(WotModels.class);

    private static final int MAX_UNAVAILABLE = 1_000;
    /** A model that could not be had is not asked for again before this: a write must not wait for it each time. */
    private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    private final WotSettings settings;
    private final Twins twins;
    private final Executor loop;
    private final ModelResolver resolver;
    private final ThingCheck thingCheck;
    private final ValidationConfig validationConfig;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ThingModel> models;
    private final Map<String, Long> unavailable = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_UNAVAILABLE;
        }
    };

    public WotModels(WotSettings settings, ValidationConfig validationConfig, Twins twins, Executor loop) {
        this.settings = settings;
        this.twins = twins;
        this.loop = loop;
        this.resolver = new ModelResolver(new ModelSource(settings.localModels()));
        this.validationConfig = validationConfig;
        this.models = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ThingModel> eldest) {
                return size() > settings.cacheSize();
            }
        };
        this.thingCheck = new ThingCheck(validationConfig, models);
    }

    @Override
    public CompletionStage<Signal<?>> prepare(Signal<?> command) {
        if (!settings.skeletons()
                && !settings.validation().enabled()
                && validationConfig.get().isEmpty()) {
            return CompletableFuture.completedFuture(command);
        }
        CompletionStage<Signal<?>> filled = filled(command);
        return command instanceof ThingModifyCommand<?> modify ? known(modify, filled) : filled;
    }

    private CompletionStage<Signal<?>> filled(Signal<?> command) {
        return switch (command) {
            case CreateThing create
            when isNew(create.getThing()) ->
                with(
                        command,
                        url(create.getThing()),
                        model -> CreateThing.of(
                                filled(create.getThing(), model),
                                create.getInitialPolicy().orElse(null),
                                create.getPolicyIdOrPlaceholder().orElse(null),
                                create.getDittoHeaders()));
            case ModifyThing modify
            when isNew(modify.getThing()) ->
                with(
                        command,
                        url(modify.getThing()),
                        model -> ModifyThing.of(
                                modify.getEntityId(),
                                filled(modify.getThing(), model),
                                modify.getInitialPolicy().orElse(null),
                                modify.getPolicyIdOrPlaceholder().orElse(null),
                                modify.getDittoHeaders()));
            case ModifyFeature modify
            when isNew(modify) ->
                with(
                        command,
                        url(modify.getFeature()),
                        model -> ModifyFeature.of(
                                modify.getEntityId(), filled(modify.getFeature(), model), modify.getDittoHeaders()));
            case MigrateThingDefinition migrate ->
                with(command, Optional.of(migrate.getThingDefinitionUrl()), model -> initialized(migrate, model));
            default -> CompletableFuture.completedFuture(command);
        };
    }

    /** Has every model at hand that the thing will be held against. */
    private CompletionStage<Signal<?>> known(ThingModifyCommand<?> command, CompletionStage<Signal<?>> prepared) {
        var urls = new LinkedHashSet<String>();
        command.getEntity().map(Definitions::brought).ifPresent(urls::addAll);
        var state = twins.thing(ThingId.of(command.getEntityId()));
        if (state != null) {
            urls.addAll(Definitions.in(state.json()));
        }
        CompletableFuture<?>[] fetched = urls.stream()
                .map(url -> model(Optional.of(url)).toCompletableFuture())
                .filter(model -> !model.isDone())
                .toArray(CompletableFuture<?>[]::new);
        return fetched.length == 0 ? prepared : CompletableFuture.allOf(fetched).thenCompose(all -> prepared);
    }

    @Override
    public void check(@Nullable JsonObject before, JsonObject after, DittoHeaders headers) {
        thingCheck.check(before, after, headers);
    }

    private CompletionStage<Signal<?>> with(
            Signal<?> command, Optional<String> url, Function<ThingModel, Signal<?>> filled) {
        CompletableFuture<Optional<ThingModel>> model = model(url).toCompletableFuture();
        return model.isDone()
                ? CompletableFuture.completedFuture(
                        model.join().<Signal<?>>map(filled).orElse(command))
                : model.thenApply(known -> known.<Signal<?>>map(filled).orElse(command));
    }

    /** The model with this URL, if it can be had; completes on the loop, at once when it is known. */
    CompletionStage<Optional<ThingModel>> model(Optional<String> definition) {
        String url = definition.filter(Definitions::isUrl).orElse(null);
        if (url == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        ThingModel known = models.get(url);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        Long failedNanos = unavailable.get(url);
        if (failedNanos != null && System.nanoTime() - failedNanos < RETRY_NANOS) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(() -> fetch(url), workers)
                .thenApplyAsync(
                        fetched -> {
                            fetched.ifPresentOrElse(
                                    model -> models.put(url, model), () -> unavailable.put(url, System.nanoTime()));
                            return fetched;
                        },
                        loop);
    }

    private Optional<ThingModel> fetch(String url) {
        try {
            return Optional.of(resolver.resolve(url));
        } catch (ModelUnavailableException e) {
            LOG.warn("wot.model-unavailable {}", e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isNew(Thing thing) {
        return thing.getEntityId().map(id -> twins.thing(id) == null).orElse(false);
    }

    private boolean isNew(ModifyFeature modify) {
        var state = twins.thing(modify.getEntityId());
        return state != null
                && state.thing()
                        .getFeatures()
                        .flatMap(features -> features.getFeature(modify.getFeatureId()))
                        .isEmpty();
    }

    private static Optional<String> url(Thing thing) {
        return thing.getDefinition().flatMap(WotModels::url);
    }

    private static Optional<String> url(Feature feature) {
        return feature.getDefinition()
                .map(FeatureDefinition::getFirstIdentifier)
                .flatMap(WotModels::url);
    }

    private static Optional<String> url(DefinitionIdentifier definition) {
        return definition.getUrl().map(Object::toString);
    }

    /** The migration with the first values of what the thing and the payload do not have. */
    private Signal<?> initialized(MigrateThingDefinition command, ThingModel model) {
        var state = twins.thing(command.getEntityId());
        if (state == null || !command.isInitializeMissingPropertiesFromDefaults()) {
            return command;
        }
        JsonObject missing = missing(Skeleton.ofThing(model), state.json());
        return MigrateThingDefinition.of(
                command.getEntityId(),
                command.getThingDefinitionUrl(),
                over(command.getMigrationPayload(), missing),
                command.getPatchConditions(),
                false,
                command.getDittoHeaders());
    }

    private static JsonObject missing(JsonObject wanted, JsonObject present) {
        var missing = JsonFactory.newObjectBuilder();
        for (var field : wanted) {
            JsonValue there = present.getValue(field.getKey()).orElse(null);
            JsonValue value = field.getValue();
            if (there == null) {
                missing.set(field.getKey(), value);
            } else if (there.isObject() && !there.isNull() && value.isObject()) {
                JsonObject inside = missing(value.asObject(), there.asObject());
                if (!inside.isEmpty()) {
                    missing.set(field.getKey(), inside);
                }
            }
        }
        return missing.build();
    }

    private Thing filled(Thing thing, ThingModel model) {
        if (!settings.skeletons()) {
            return thing;
        }
        return ThingsModelFactory.newThing(over(thing.toJson(), Skeleton.ofThing(model)));
    }

    private Feature filled(Feature feature, ThingModel model) {
        if (!settings.skeletons()) {
            return feature;
        }
        return ThingsModelFactory.newFeatureBuilder(over(feature.toJson(), Skeleton.ofFeature(model)))
                .useId(feature.getId())
                .build();
    }

    /** Both, one inside the other; where they meet in a value, the given one, a null too. */
    private static JsonObject over(JsonObject given, JsonObject skeleton) {
        var both = skeleton.toBuilder();
        for (var field : given) {
            JsonValue below = skeleton.getValue(field.getKey()).orElse(null);
            JsonValue value = field.getValue();
            if (below != null && below.isObject() && value.isObject() && !value.isNull()) {
                both.set(field.getKey(), over(value.asObject(), below.asObject()));
            } else {
                both.set(field.getKey(), value);
            }
        }
        return both.build();
    }
}
