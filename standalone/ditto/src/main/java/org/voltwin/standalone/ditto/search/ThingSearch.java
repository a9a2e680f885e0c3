package org.voltwin.standalone.ditto.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.thingsearch.model.SearchModelFactory;
import org.eclipse.ditto.thingsearch.model.SearchResult;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.rql.Rql;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.ThingViews;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Search by scanning the things in memory: a change is found at once. A filter sees of each thing what the caller may
 * see. Safe to call from any thread.
 */
public final class ThingSearch {
    private static final JsonPointer ROOT = JsonPointer.empty();

    /** What is asked for. */
    public record Query(
            @Nullable String filter,
            Set<String> namespaces,
            @Nullable String option,
            @Nullable JsonFieldSelector fields,
            DittoHeaders headers) {}

    private record Match(ThingState state, SortPosition position) {}

    private final Twins twins;
    private final Access access;
    private final ThingViews views;
    private final int defaultPageSize;
    private final int maxPageSize;

    public ThingSearch(Twins twins, Access access, ThingViews views, int defaultPageSize, int maxPageSize) {
        this.twins = twins;
        this.access = access;
        this.views = views;
        this.defaultPageSize = defaultPageSize;
        this.maxPageSize = maxPageSize;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or options are not valid */
    public long count(Query query) {
        return matches(query).count();
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or options are not valid */
    public SearchResult page(Query query) {
        DittoHeaders headers = query.headers();
        var options = SearchOptions.parse(query.option(), defaultPageSize, maxPageSize, headers);
        String identity =
                query.filter() + " " + query.namespaces().stream().sorted().toList() + " " + options.sort();
        SortPosition after = options.cursor() == null
                ? null
                : SortPosition.ofCursor(
                        options.cursor(), identity, options.sort().size(), headers);
        List<Match> page = matches(query)
                .map(state -> new Match(
                        state, SortPosition.of(state.json(), state.id().toString(), options.sort())))
                .filter(match -> after == null || match.position().compareTo(after, options.sort()) > 0)
                .sorted((a, b) -> a.position().compareTo(b.position(), options.sort()))
                .skip(options.offset())
                .limit(options.size() + 1L)
                .toList();
        boolean more = page.size() > options.size();
        var shown = more ? page.subList(0, options.size()) : page;
        var items = new ArrayList<JsonValue>();
        shown.forEach(match ->
                views.view(match.state(), caller(query), query.fields()).ifPresent(items::add));
        var result = SearchModelFactory.newSearchResultBuilder().addAll(items).nextPageOffset(null);
        if (options.limited()) {
            result.nextPageOffset(more ? (long) options.offset() + options.size() : SearchResult.NO_NEXT_PAGE);
        } else if (more) {
            result.cursor(shown.getLast().position().toCursor(identity));
        }
        return result.build();
    }

    private Stream<ThingState> matches(Query query) {
        Predicate<Thing> filter = query.filter() == null || query.filter().isBlank()
                ? thing -> true
                : Rql.overThings(query.filter(), query.headers()).overThings();
        return twins.things(query.namespaces())
                .filter(state -> visible(state, caller(query)).filter(filter).isPresent());
    }

    private Optional<Thing> visible(ThingState state, AuthorizationContext caller) {
        Enforcer enforcer = access.enforcer(state.policyId());
        if (Access.mayRead(enforcer, Access.thing(ROOT), caller)) {
            return Optional.of(state.thing());
        }
        return Access.view(enforcer, Access.thing(ROOT), state.json(), caller)
                .map(JsonValue::asObject)
                .map(view -> withId(view, state))
                .map(ThingsModelFactory::newThing);
    }

    private static JsonObject withId(JsonObject view, ThingState state) {
        return view.setValue("thingId", state.id().toString());
    }

    private static AuthorizationContext caller(Query query) {
        return query.headers().getAuthorizationContext();
    }
}
