package org.voltwin.doe.factors;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/**
 * An expression over factors in their own units. EvalEx reads the text; evaluation is in doubles on the tree it found,
 * because a search asks hundreds of thousands of times and EvalEx computes in decimals. Comparisons give 1 or 0; a label
 * in quotation marks stands for itself: {@code Chemistry == "LFP"}.
 */
public final class Formula {
    private static final ExpressionConfiguration SYNTAX = ExpressionConfiguration.defaultConfiguration();

    private final String text;
    private final ToDoubleFunction<double[]> value;
    private final Optional<ToDoubleFunction<double[]>> slack;

    private Formula(String text, ToDoubleFunction<double[]> value, Optional<ToDoubleFunction<double[]>> slack) {
        this.text = text;
        this.value = value;
        this.slack = slack;
    }

    /** The formula, or {@code design.bad_expression} with what is not understood. */
    public static Outcome<Formula> parse(String text, List<StudyFactor> factors) {
        try {
            ASTNode root = new Expression(text, SYNTAX).getAbstractSyntaxTree();
            Reader reader = new Reader(text, factors);
            return Outcome.ok(new Formula(text, reader.compile(root), reader.slack(root)));
        } catch (ParseException e) {
            return Outcome.refused(refusal(text, "it cannot be read: " + e.getMessage()));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    public String text() {
        return text;
    }

    /** The value at natural values, in the order of the factors. */
    public double at(double[] natural) {
        return value.applyAsDouble(natural);
    }

    /** For {@code a <= b} the value b - a, for {@code a >= b} the value a - b; empty for anything else. */
    Optional<ToDoubleFunction<double[]>> slack() {
        return slack;
    }

    private static Failure refusal(String text, String why) {
        return Failure.permanent(
                "design.bad_expression",
                "In the expression '" + text + "', " + why + ".",
                "Write factors by their names, numbers, + - * / ^, comparisons, &&, ||, and abs, sqrt, exp, log, log10,"
                        + " min, max, if.");
    }

    /** Turns EvalEx' tree into functions. */
    private record Reader(String text, List<StudyFactor> factors) {
        Optional<ToDoubleFunction<double[]>> slack(ASTNode node) {
            return switch (node.getToken().getValue()) {
                case "<=", "<" -> Optional.of(difference(node, 1, 0));
                case ">=", ">" -> Optional.of(difference(node, 0, 1));
                default -> Optional.empty();
            };
        }

        private ToDoubleFunction<double[]> difference(ASTNode node, int larger, int smaller) {
            ToDoubleFunction<double[]> a = compile(node.getParameters().get(larger));
            ToDoubleFunction<double[]> b = compile(node.getParameters().get(smaller));
            return x -> a.applyAsDouble(x) - b.applyAsDouble(x);
        }

        ToDoubleFunction<double[]> compile(ASTNode node) {
            Token token = node.getToken();
            return switch (token.getType()) {
                case NUMBER_LITERAL -> number(token);
                case STRING_LITERAL -> label(token.getValue());
                case VARIABLE_OR_CONSTANT -> variable(token.getValue());
                case PREFIX_OPERATOR ->
                    unary(token, compile(node.getParameters().getFirst()));
                case INFIX_OPERATOR ->
                    binary(
                            infix(token),
                            compile(node.getParameters().get(0)),
                            compile(node.getParameters().get(1)));
                case FUNCTION -> function(node);
                default -> throw unknown(token.getValue());
            };
        }

        private ToDoubleFunction<double[]> number(Token token) {
            try {
                double constant = Double.parseDouble(token.getValue());
                return x -> constant;
            } catch (NumberFormatException e) {
                throw unknown(token.getValue());
            }
        }

        /** Labels are numbered over all factors, so that equal labels are equal and no label equals a usual number. */
        private ToDoubleFunction<double[]> label(String label) {
            boolean known = factors.stream()
                    .anyMatch(f ->
                            f instanceof StudyFactor.Categorical c && c.labels().contains(label));
            if (!known) {
                throw new RefusedException(refusal(text, "\"" + label + "\" is no label of any categorical factor"));
            }
            double code = code(label);
            return x -> code;
        }

        private static double code(String label) {
            return 1e12 + label.hashCode();
        }

        private ToDoubleFunction<double[]> variable(String name) {
            for (int f = 0; f < factors.size(); f++) {
                if (factors.get(f).name().equals(name)) {
                    int index = f;
                    return factors.get(f) instanceof StudyFactor.Categorical c
                            ? x -> code(c.label(x[index]))
                            : x -> x[index];
                }
            }
            return switch (name.toUpperCase(Locale.ROOT)) {
                case "PI" -> x -> Math.PI;
                case "E" -> x -> Math.E;
                default ->
                    throw new RefusedException(refusal(
                            text,
                            "'" + name + "' is no factor; the factors are "
                                    + String.join(
                                            ", ",
                                            factors.stream()
                                                    .map(StudyFactor::name)
                                                    .toList())));
            };
        }

        private ToDoubleFunction<double[]> unary(Token token, ToDoubleFunction<double[]> of) {
            return switch (token.getValue()) {
                case "-" -> x -> -of.applyAsDouble(x);
                case "+" -> of;
                case "!" -> x -> of.applyAsDouble(x) == 0 ? 1 : 0;
                default -> throw unknown(token.getValue());
            };
        }

        private DoubleBinaryOperator infix(Token token) {
            return switch (token.getValue()) {
                case "+" -> Double::sum;
                case "-" -> (a, b) -> a - b;
                case "*" -> (a, b) -> a * b;
                case "/" -> (a, b) -> a / b;
                case "%" -> (a, b) -> a % b;
                case "^" -> Math::pow;
                case "<" -> (a, b) -> a < b ? 1 : 0;
                case "<=" -> (a, b) -> a <= b + tolerance(a, b) ? 1 : 0;
                case ">" -> (a, b) -> a > b ? 1 : 0;
                case ">=" -> (a, b) -> a + tolerance(a, b) >= b ? 1 : 0;
                case "=", "==" -> (a, b) -> Math.abs(a - b) <= tolerance(a, b) ? 1 : 0;
                case "!=", "<>" -> (a, b) -> Math.abs(a - b) > tolerance(a, b) ? 1 : 0;
                case "&&" -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
                case "||" -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
                default -> throw unknown(token.getValue());
            };
        }

        /** A point on a border is inside whatever coding to -1..1 and back rounds it to. */
        private static double tolerance(double a, double b) {
            double size = Math.max(Math.abs(a), Math.abs(b));
            return size > 1e11 ? 0.1 : 1e-9 * Math.max(1, size);
        }

        private static ToDoubleFunction<double[]> binary(
                DoubleBinaryOperator operator, ToDoubleFunction<double[]> a, ToDoubleFunction<double[]> b) {
            return x -> operator.applyAsDouble(a.applyAsDouble(x), b.applyAsDouble(x));
        }

        private ToDoubleFunction<double[]> function(ASTNode node) {
            String name = node.getToken().getValue().toUpperCase(Locale.ROOT);
            List<ToDoubleFunction<double[]>> of =
                    node.getParameters().stream().map(this::compile).toList();
            DoubleUnaryOperator single = switch (name) {
                case "ABS" -> Math::abs;
                case "SQRT" -> Math::sqrt;
                case "EXP" -> Math::exp;
                case "LOG" -> Math::log;
                case "LOG10" -> Math::log10;
                case "NOT" -> a -> a == 0 ? 1 : 0;
                default -> DoubleUnaryOperator.identity();
            };
            return switch (name) {
                case "ABS", "SQRT", "EXP", "LOG", "LOG10", "NOT" ->
                    x -> single.applyAsDouble(of.getFirst().applyAsDouble(x));
                case "MIN" ->
                    x -> of.stream().mapToDouble(f -> f.applyAsDouble(x)).min().orElseThrow();
                case "MAX" ->
                    x -> of.stream().mapToDouble(f -> f.applyAsDouble(x)).max().orElseThrow();
                case "IF" ->
                    x -> of.get(0).applyAsDouble(x) != 0
                            ? of.get(1).applyAsDouble(x)
                            : of.get(2).applyAsDouble(x);
                default -> throw unknown(name);
            };
        }

        private RefusedException unknown(String what) {
            return new RefusedException(refusal(text, "'" + what + "' is not understood"));
        }
    }
}
