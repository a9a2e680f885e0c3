package org.voltwin.standalone.ditto.search;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.ditto.base.model.common.LikeHelper;
import org.eclipse.ditto.rql.model.ParserException;
import org.eclipse.ditto.rql.model.predicates.ast.ExistsNode;
import org.eclipse.ditto.rql.model.predicates.ast.LogicalNode;
import org.eclipse.ditto.rql.model.predicates.ast.MultiComparisonNode;
import org.eclipse.ditto.rql.model.predicates.ast.Node;
import org.eclipse.ditto.rql.model.predicates.ast.RootNode;
import org.eclipse.ditto.rql.model.predicates.ast.SingleComparisonNode;
import org.eclipse.ditto.rql.parser.RqlPredicateParser;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.column.Columns;

/**
 * An RQL filter over single values of a thing. It says no or yes only where Ditto's own predicate over the whole thing
 * would; whatever it does not know (arrays, placeholders, wildcards, values of unlike types) is a maybe, and Ditto's
 * predicate decides.
 */
final class ColumnFilter {
    private static final Set<String> ROOTS = Set.of(
            "attributes",
            "features",
            "thingId",
            "policyId",
            "definition",
            "_revision",
            "_created",
            "_modified",
            "_namespace");

    private static final Set<SingleComparisonNode.Type> ORDERS = EnumSet.of(
            SingleComparisonNode.Type.GT,
            SingleComparisonNode.Type.GE,
            SingleComparisonNode.Type.LT,
            SingleComparisonNode.Type.LE);

    /** Above it not every whole number is a double. */
    private static final double EXACT = 1L << 53;

    private interface Test {
        Verdict of(@Nullable Object[] values);
    }

    private interface ValueTest {
        Verdict of(@Nullable Object value);
    }

    private final List<List<String>> paths = new ArrayList<>();
    private final List<Consumer<Columns>> bindings = new ArrayList<>();
    private boolean negates;
    private final Test test;

    private ColumnFilter(@Nullable String filter) {
        this.test = filter == null || filter.isBlank() ? values -> Verdict.YES : compile(filter);
    }

    static ColumnFilter of(@Nullable String filter) {
        return new ColumnFilter(filter);
    }

    /** The columns it looks at. */
    List<List<String>> paths() {
        return paths;
    }

    /** Whether less to see may mean more matches. */
    boolean negates() {
        return negates;
    }

    /** Says which columns the values will be of; before the first {@link #test}. */
    void bind(Columns columns) {
        bindings.forEach(binding -> binding.accept(columns));
    }

    Verdict test(@Nullable Object[] values) {
        return test.of(values);
    }

    private Test compile(String filter) {
        try {
            return all(RqlPredicateParser.getInstance().parse(filter).getChildren());
        } catch (ParserException e) {
            // Whether it is a filter at all is not decided here.
            return unknown();
        }
    }

    private Test unknown() {
        negates = true;
        return values -> Verdict.MAYBE;
    }

    private Test compile(Node node) {
        return switch (node) {
            case RootNode root -> all(root.getChildren());
            case LogicalNode logical -> compileLogical(logical);
            case SingleComparisonNode single ->
                onValue(
                        single.getComparisonProperty(),
                        comparison(
                                (SingleComparisonNode.Type) single.getComparisonType(), single.getComparisonValue()));
            case MultiComparisonNode multi ->
                onValue(multi.getComparisonProperty(), in((List<?>) multi.getComparisonValue()));
            case ExistsNode exists -> onValue(exists.getProperty(), value -> Verdict.of(value != null));
            default -> unknown();
        };
    }

    private Test compileLogical(LogicalNode logical) {
        return switch (logical.getType()) {
            case AND -> all(logical.getChildren());
            case OR -> {
                List<Test> tests = compileAll(logical.getChildren());
                yield values -> {
                    Verdict verdict = Verdict.NO;
                    for (Test each : tests) {
                        verdict = verdict.or(each.of(values));
                    }
                    return verdict;
                };
            }
            case NOT -> {
                negates = true;
                Test inner = all(logical.getChildren());
                yield values -> inner.of(values).not();
            }
        };
    }

    private Test all(List<Node> nodes) {
        List<Test> tests = compileAll(nodes);
        return values -> {
            Verdict verdict = Verdict.YES;
            for (Test each : tests) {
                verdict = verdict.and(each.of(values));
                if (verdict == Verdict.NO) {
                    return verdict;
                }
            }
            return verdict;
        };
    }

    private List<Test> compileAll(List<Node> nodes) {
        return nodes.stream().map(this::compile).toList();
    }

    private Test onValue(String property, ValueTest valueTest) {
        List<String> path = pathOf(property);
        if (path == null) {
            return unknown();
        }
        paths.add(path);
        var index = new int[1];
        bindings.add(columns -> index[0] = columns.indexOf(path));
        return values -> valueTest.of(values[index[0]]);
    }

    /** The keys of a field; null for one that is not simply a place in a thing's JSON. */
    static @Nullable List<String> pathOf(String property) {
        String plain = property.startsWith("/") ? property.substring(1) : property;
        if (plain.indexOf('~') >= 0 || plain.indexOf('%') >= 0 || plain.indexOf('*') >= 0) {
            return null;
        }
        List<String> keys = List.of(plain.split("/", -1));
        return ROOTS.contains(keys.getFirst()) && !keys.contains("") ? keys : null;
    }

    private ValueTest comparison(SingleComparisonNode.Type type, @Nullable Object wanted) {
        boolean simple = wanted instanceof Long || wanted instanceof Double || wanted instanceof Boolean;
        if (wanted == null && ORDERS.contains(type)) {
            // Nothing is more or less than null; Ditto's predicates would fail on the question.
            return value -> Verdict.NO;
        }
        if (wanted == null && type == SingleComparisonNode.Type.NE) {
            // What is not there is not unlike null either; see Rql.ofSearch.
            negates = true;
            return value -> value == null ? Verdict.NO : Verdict.MAYBE;
        }
        if (wanted == null || !simple && !(wanted instanceof String)) {
            negates = true;
            return value -> Verdict.MAYBE;
        }
        return switch (type) {
            case EQ -> ordered(wanted, order -> order == 0);
            case NE -> {
                negates = true;
                ValueTest equal = ordered(wanted, order -> order == 0);
                yield value -> value == null ? Verdict.MAYBE : equal.of(value).not();
            }
            case GT -> ordered(wanted, order -> order > 0);
            case GE -> ordered(wanted, order -> order >= 0);
            case LT -> ordered(wanted, order -> order < 0);
            case LE -> ordered(wanted, order -> order <= 0);
            case LIKE -> like(wanted, 0);
            case ILIKE -> like(wanted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        };
    }

    private static ValueTest in(List<?> wanted) {
        List<ValueTest> tests =
                wanted.stream().map(each -> ordered(each, order -> order == 0)).toList();
        return value -> {
            Verdict verdict = Verdict.NO;
            for (ValueTest each : tests) {
                verdict = verdict.or(each.of(value));
            }
            return verdict;
        };
    }

    private static ValueTest like(Object wanted, int flags) {
        String expression = LikeHelper.convertToRegexSyntax(String.valueOf(wanted));
        if (expression == null) {
            return value -> Verdict.MAYBE;
        }
        Pattern pattern = Pattern.compile(expression, flags | Pattern.DOTALL);
        return value -> switch (value) {
            case null -> Verdict.NO;
            case String text -> pattern.matcher(text).matches() ? Verdict.MAYBE : Verdict.NO;
            default -> Verdict.MAYBE;
        };
    }

    private static ValueTest ordered(@Nullable Object wanted, java.util.function.IntPredicate accepted) {
        return switch (wanted) {
            case String other -> orderedText(other, accepted);
            case Number other -> exact(other) ? orderedNumber(other.doubleValue(), accepted) : ColumnFilter::undecided;
            case Boolean other ->
                value -> value instanceof Boolean bool
                        ? Verdict.of(accepted.test(bool.compareTo(other)))
                        : undecided(value);
            case null, default -> ColumnFilter::undecided;
        };
    }

    private static ValueTest orderedText(String wanted, java.util.function.IntPredicate accepted) {
        return value ->
                value instanceof String text ? Verdict.of(accepted.test(text.compareTo(wanted))) : undecided(value);
    }

    /** A hundred thousand values are looked at: which class a number is of comes first, it is a double as a rule. */
    private static ValueTest orderedNumber(double wanted, java.util.function.IntPredicate accepted) {
        return value -> {
            double number;
            if (value instanceof Double given) {
                number = given;
            } else if (value instanceof Number given) {
                number = given.doubleValue();
            } else {
                return undecided(value);
            }
            return Math.abs(number) < EXACT ? Verdict.of(accepted.test(Double.compare(number, wanted))) : Verdict.MAYBE;
        };
    }

    /** Values of unlike kinds, arrays and objects, and null are for Ditto's predicate; what is not there never fits. */
    private static Verdict undecided(@Nullable Object value) {
        return value == null ? Verdict.NO : Verdict.MAYBE;
    }

    private static boolean exact(Number number) {
        return Math.abs(number.doubleValue()) < EXACT;
    }
}
