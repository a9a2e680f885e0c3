package org.voltwin.standalone.ditto.rql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.WithResource;
import org.eclipse.ditto.placeholders.PlaceholderFactory;
import org.eclipse.ditto.placeholders.PlaceholderResolver;
import org.eclipse.ditto.placeholders.TimePlaceholder;
import org.eclipse.ditto.protocol.TopicPath;
import org.eclipse.ditto.protocol.placeholders.ResourcePlaceholder;
import org.eclipse.ditto.protocol.placeholders.TopicPathPlaceholder;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.eclipse.ditto.rql.query.criteria.Criteria;
import org.eclipse.ditto.rql.query.filter.QueryFilterCriteriaFactory;
import org.eclipse.ditto.rql.query.things.FieldNamesPredicateVisitor;
import org.eclipse.ditto.rql.query.things.ThingPredicateVisitor;
import org.eclipse.ditto.things.model.Thing;

/** A parsed RQL expression. */
public final class Rql {
    private static final TopicPathPlaceholder TOPIC = TopicPathPlaceholder.getInstance();
    private static final ResourcePlaceholder RESOURCE = ResourcePlaceholder.getInstance();
    private static final TimePlaceholder TIME = TimePlaceholder.getInstance();
    private static final QueryFilterCriteriaFactory OVER_THINGS =
            QueryFilterCriteriaFactory.modelBased(RqlPredicateParser.getInstance(), TIME);
    private static final QueryFilterCriteriaFactory OVER_EVENTS =
            QueryFilterCriteriaFactory.modelBased(RqlPredicateParser.getInstance(), TOPIC, RESOURCE, TIME);

    private static final Pattern NOT_NULL = Pattern.compile("\\bne\\(\\s*([^,()\"'\\s]+)\\s*,\\s*null\\s*\\)");

    private final EmptyTests emptyTests;
    private final Criteria criteria;

    private Rql(EmptyTests emptyTests, Criteria criteria) {
        this.emptyTests = emptyTests;
        this.criteria = criteria;
    }

    /** @throws org.eclipse.ditto.base.model.exceptions.InvalidRqlExpressionException when it is not RQL */
    public static Rql overThings(String text, DittoHeaders headers) {
        EmptyTests expression = EmptyTests.of(text);
        return new Rql(expression, OVER_THINGS.filterCriteria(expression.text(), headers));
    }

    /**
     * As {@link #overThings}, with the meaning a search gives to it: a field that is not there is neither null nor
     * anything else.
     */
    public static Rql ofSearch(String text, DittoHeaders headers) {
        return overThings(NOT_NULL.matcher(text).replaceAll("and(exists($1),ne($1,null))"), headers);
    }

    /** As {@link #overThings}, and may also ask for {@code topic:...} and {@code resource:...} of a signal. */
    public static Rql overEvents(String text, DittoHeaders headers) {
        EmptyTests expression = EmptyTests.of(text);
        return new Rql(expression, OVER_EVENTS.filterCriteria(expression.text(), headers));
    }

    /** Tests things; {@code time:now} is the time of each test. */
    public Predicate<Thing> overThings() {
        String text = emptyTests.text();
        Predicate<Thing> predicate = FeatureWildcards.isIn(text)
                ? FeatureWildcards.predicate(
                        text, expanded -> predicate(OVER_THINGS.filterCriteria(expanded, DittoHeaders.empty())))
                : predicate(criteria);
        return thing -> predicate.test(emptyTests.marked(thing));
    }

    private static Predicate<Thing> predicate(Criteria criteria, PlaceholderResolver<?>... resolvers) {
        var all = new ArrayList<PlaceholderResolver<?>>(List.of(resolvers));
        all.add(PlaceholderFactory.newPlaceholderResolver(TIME, new Object()));
        Predicate<Thing> predicate = ThingPredicateVisitor.apply(criteria, all.toArray(PlaceholderResolver[]::new));
        return thing -> {
            try {
                return predicate.test(thing);
            } catch (NullPointerException e) {
                // Ditto's predicates cannot order anything against null: nothing is more or less than it.
                return false;
            }
        };
    }

    /** Tests what a signal says about a thing. */
    public boolean matches(Thing thing, TopicPath topic, WithResource resource) {
        String text = emptyTests.text();
        var ofTopic = PlaceholderFactory.newPlaceholderResolver(TOPIC, topic);
        var ofResource = PlaceholderFactory.newPlaceholderResolver(RESOURCE, resource);
        return (FeatureWildcards.isIn(text)
                        ? FeatureWildcards.predicate(
                                text,
                                expanded -> predicate(
                                        OVER_EVENTS.filterCriteria(expanded, DittoHeaders.empty()),
                                        ofTopic,
                                        ofResource))
                        : predicate(criteria, ofTopic, ofResource))
                .test(emptyTests.marked(thing));
    }

    /** The JSON pointers of the fields the expression looks at. */
    public Set<String> fieldNames() {
        var visitor = FieldNamesPredicateVisitor.getNewInstance();
        visitor.visit(RqlPredicateParser.getInstance().parse(emptyTests.text()));
        return visitor.getFieldNames().stream().map(emptyTests::fieldOf).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return emptyTests.text();
    }
}
