package org.voltwin.standalone.ditto.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.ditto.base.model.auth.AuthorizationContext;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonFieldSelector;
import org.eclipse.ditto.json.JsonKey;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonPointer;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.policies.model.enforcers.Enforcer;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.thingsearch.model.SearchModelFactory;
import org.eclipse.ditto.thingsearch.model.SearchResult;
import org.eclipse.ditto.thingsearch.model.SortOptionEntry;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;
import org.voltwin.standalone.ditto.config.SearchSettings;
import org.voltwin.standalone.ditto.policy.Access;
import org.voltwin.standalone.ditto.rql.Rql;
import org.voltwin.standalone.ditto.twin.EntityState.ThingState;
import org.voltwin.standalone.ditto.twin.ThingRow;
import org.voltwin.standalone.ditto.twin.ThingScan;
import org.voltwin.standalone.ditto.twin.ThingViews;
import org.voltwin.standalone.ditto.twin.Twins;

/**
 * Search by scanning single values of the things in memory: a change is found at once, and only things that may be on
 * the page are made into objects. A filter sees of each thing what the caller may see. Safe to call from any thread.
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

    /** A thing that was found, as its finder may see it. */
    public record Hit(String thingId, JsonValue shown) {}

    /**
     * What was found.
     *
     * @param cursor for the next page, null when there is none
     * @param limited whether it was asked for with an offset
     * @param nextOffset for the next page, then
     */
    public record Page(List<Hit> hits, @Nullable String cursor, boolean limited, long nextOffset) {}

    /** A thing that is on the page, unless others come before it. */
    private record Candidate(ThingRow row, SortPosition position) {}

    /** More columns than this, and those no search asked for lately are forgotten. */
    private static final int MAX_COLUMNS = 48;

    private static final List<String> POLICY_ID = List.of("policyId");

    private final Twins twins;
    private final Access access;
    private final ThingViews views;
    private final SearchSettings settings;
    private Columns columns = Columns.of(List.of(POLICY_ID));

    public ThingSearch(Twins twins, Access access, ThingViews views, SearchSettings settings) {
        this.twins = twins;
        this.access = access;
        this.views = views;
        this.settings = settings;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or options are not valid */
    public long count(Query query) {
        return new Scan(query, List.of(), null).count();
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or options are not valid */
    public SearchResult page(Query query) {
        Page page = hits(query);
        var items = page.hits().stream().map(Hit::shown).toList();
        var result = SearchModelFactory.newSearchResultBuilder().addAll(items);
        if (page.limited() || page.cursor() == null) {
            result.nextPageOffset(page.nextOffset());
        } else {
            result.nextPageOffset(null).cursor(page.cursor());
        }
        return result.build();
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.DittoRuntimeException when filter or options are not valid */
    public Page hits(Query query) {
        DittoHeaders headers = query.headers();
        var options = SearchOptions.parse(query.option(), settings.defaultPageSize(), settings.maxPageSize(), headers);
        List<SortOptionEntry> sort = options.cursor() != null && options.sort().isEmpty()
                ? SortPosition.sortOf(options.cursor(), headers)
                : options.sort();
        SortPosition after = options.cursor() == null
                ? null
                : SortPosition.ofCursor(options.cursor(), identity(query, sort), sort.size(), headers);
        List<Candidate> page = new Scan(query, sort, after)
                .first((int) Math.min(Integer.MAX_VALUE, options.offset() + options.size() + 1L)).stream()
                        .skip(options.offset())
                        .toList();
        boolean more = page.size() > options.size();
        var shown = more ? page.subList(0, options.size()) : page;
        var hits = new ArrayList<Hit>();
        shown.forEach(match -> views.view(match.row().state(), caller(query), query.fields())
                .ifPresent(json -> hits.add(new Hit(match.row().id(), json))));
        return new Page(
                hits,
                more ? shown.getLast().position().toCursor(identity(query, sort), sort) : null,
                options.limited(),
                more ? (long) options.offset() + options.size() : SearchResult.NO_NEXT_PAGE);
    }

    public SearchSettings settings() {
        return settings;
    }

    /** The cursor behind a thing in a search's order; null when there is no such thing. */
    public @Nullable String cursorBehind(ThingId id, Query query) {
        ThingState state = twins.thing(id);
        if (state == null) {
            return null;
        }
        List<SortOptionEntry> sort = SearchOptions.parse(
                        query.option(), settings.defaultPageSize(), settings.maxPageSize(), query.headers())
                .sort();
        var scan = new Scan(query, sort, null);
        return scan.position(id.toString(), scan.read(id.toString(), state.json()))
                .toCursor(identity(query, sort), sort);
    }

    private static String identity(Query query, List<SortOptionEntry> sort) {
        return query.filter() + " " + query.namespaces().stream().sorted().toList() + " " + sort;
    }

    private synchronized Columns columns(List<List<String>> paths) {
        Columns wanted = columns.with(paths);
        columns = wanted.size() <= MAX_COLUMNS
                ? wanted
                : Columns.of(List.of(POLICY_ID)).with(paths);
        return columns;
    }

    /** One pass over all things: first by single values, then, where those do not decide, by the whole thing. */
    private final class Scan {
        private final Query query;
        private final ColumnFilter columnFilter;
        private final Predicate<Thing> filter;
        private final Columns columns;
        private final int[] sortColumns;
        private final boolean[] descending;
        private final @Nullable SortPosition after;
        private final int policyColumn;
        private final List<SortOptionEntry> sort;
        private final Map<Enforcer, Boolean> unrestricted = new IdentityHashMap<>();
        private @Nullable Object lastPolicy;
        private String lastNamespace = "";
        private @Nullable Enforcer lastEnforcer;
        private boolean lastSeesAll;
        private final Map<Enforcer, boolean[]> readableSorts = new IdentityHashMap<>();

        Scan(Query query, List<SortOptionEntry> sort, @Nullable SortPosition after) {
            this.query = query;
            this.sort = sort;
            this.after = after;
            this.filter = query.filter() == null || query.filter().isBlank()
                    ? thing -> true
                    : Rql.ofSearch(query.filter(), query.headers()).overThings();
            this.columnFilter = ColumnFilter.of(query.filter());
            List<List<String>> sortPaths = sort.stream().map(ThingSearch::keys).toList();
            var paths = new ArrayList<List<String>>(columnFilter.paths());
            paths.addAll(sortPaths);
            this.columns = columns(paths);
            columnFilter.bind(columns);
            this.sortColumns = sortPaths.stream().mapToInt(columns::indexOf).toArray();
            this.descending = SortPosition.descending(sort);
            this.policyColumn = columns.indexOf(POLICY_ID);
        }

        long count() {
            var matches = new AtomicLong();
            twins.scan(query.namespaces(), columns, new ThingScan() {
                @Override
                public boolean wants(String id, @Nullable Object[] values) {
                    return verdict(id, values) != Verdict.NO;
                }

                @Override
                public void take(ThingRow row, @Nullable Object[] values) {
                    if (isMatch(row, values, verdict(row.id(), values))) {
                        matches.incrementAndGet();
                    }
                }
            });
            return matches.get();
        }

        /** The first so many matches in the order asked for; whether a thing matches is asked only if it would be one. */
        List<Candidate> first(int count) {
            var best = new PriorityQueue<Candidate>(
                    Math.min(count, 1024), (a, b) -> b.position().compareTo(a.position(), descending));
            twins.scan(query.namespaces(), columns, new ThingScan() {
                @Override
                public boolean wants(String id, @Nullable Object[] values) {
                    if (verdict(id, values) == Verdict.NO) {
                        return false;
                    }
                    @Nullable Object[] seen = sortable(id, values);
                    return (after == null || after.compareValues(seen, sortColumns, descending) <= 0)
                            && (best.size() < count
                                    || best.element().position().compareValues(seen, sortColumns, descending) >= 0);
                }

                @Override
                public void take(ThingRow row, @Nullable Object[] values) {
                    SortPosition position = position(row.id(), sortable(row.id(), values));
                    boolean full = best.size() == count;
                    boolean outside = after != null && position.compareTo(after, descending) <= 0
                            || full && position.compareTo(best.element().position(), descending) >= 0;
                    if (outside || !isMatch(row, values, verdict(row.id(), values))) {
                        return;
                    }
                    if (full) {
                        best.remove();
                    }
                    best.add(new Candidate(row, position));
                }
            });
            return best.stream()
                    .sorted((a, b) -> a.position().compareTo(b.position(), descending))
                    .toList();
        }

        private Verdict verdict(String id, @Nullable Object[] values) {
            Verdict verdict = columnFilter.test(values);
            // Who sees less of a thing may find it where others do not.
            return verdict == Verdict.NO && columnFilter.negates() && !seesAll(id, values) ? Verdict.MAYBE : verdict;
        }

        /** Without the values that would put things in an order by what the caller may not read. */
        private @Nullable Object[] sortable(String id, @Nullable Object[] values) {
            if (sortColumns.length == 0 || seesAll(id, values)) {
                return values;
            }
            boolean[] readable = readableSorts.computeIfAbsent(enforcer(id, values), this::readable);
            @Nullable Object[] seen = values.clone();
            for (int i = 0; i < readable.length; i++) {
                if (!readable[i]) {
                    seen[sortColumns[i]] = null;
                }
            }
            return seen;
        }

        private boolean[] readable(Enforcer enforcer) {
            var readable = new boolean[sort.size()];
            for (int i = 0; i < readable.length; i++) {
                readable[i] = Access.mayRead(enforcer, Access.thing(sort.get(i).getPropertyPath()), caller(query));
            }
            return readable;
        }

        private @Nullable Object[] read(String id, JsonObject thing) {
            return sortable(id, columns.read(thing.toString().getBytes(StandardCharsets.UTF_8)));
        }

        private SortPosition position(String id, @Nullable Object[] values) {
            var key = new @Nullable Object[sortColumns.length];
            for (int i = 0; i < key.length; i++) {
                key[i] = values[sortColumns[i]];
            }
            return new SortPosition(key, id);
        }

        private boolean isMatch(ThingRow row, @Nullable Object[] values, Verdict verdict) {
            if (seesAll(row.id(), values)) {
                return verdict == Verdict.YES || filter.test(row.state().thing());
            }
            Enforcer enforcer = enforcer(row.id(), values);
            if (!Access.mayReadPart(enforcer, Access.thing(ROOT), caller(query))) {
                return false;
            }
            ThingState state = row.state();
            return Access.view(enforcer, Access.thing(ROOT), state.json(), caller(query))
                    .map(JsonValue::asObject)
                    .map(view -> withId(view, state))
                    .map(ThingsModelFactory::newThing)
                    .filter(filter)
                    .isPresent();
        }

        private boolean seesAll(String id, @Nullable Object[] values) {
            enforcer(id, values);
            return lastSeesAll;
        }

        /** Most things have the policy of the one before: columns share equal values, so it is soon compared. */
        private Enforcer enforcer(String thingId, @Nullable Object[] values) {
            Object policy = values[policyColumn];
            Enforcer known = lastEnforcer;
            if (known != null && Objects.equals(policy, lastPolicy) && isIn(lastNamespace, thingId)) {
                return known;
            }
            Enforcer enforcer = access.enforcer(thingId, policy instanceof String id ? PolicyId.of(id) : null);
            lastPolicy = policy;
            lastNamespace = thingId.substring(0, Math.max(0, thingId.indexOf(':')));
            lastEnforcer = enforcer;
            lastSeesAll = unrestricted.computeIfAbsent(
                    enforcer, each -> Access.mayRead(each, Access.thing(ROOT), caller(query)));
            return enforcer;
        }

        private static boolean isIn(String namespace, String thingId) {
            return thingId.length() > namespace.length()
                    && thingId.charAt(namespace.length()) == ':'
                    && thingId.startsWith(namespace);
        }
    }

    private static List<String> keys(SortOptionEntry entry) {
        var keys = new ArrayList<String>();
        for (JsonKey key : entry.getPropertyPath()) {
            keys.add(key.toString());
        }
        return keys;
    }

    private static JsonObject withId(JsonObject view, ThingState state) {
        return view.setValue("thingId", state.id().toString());
    }

    private static AuthorizationContext caller(Query query) {
        return query.headers().getAuthorizationContext();
    }
}
