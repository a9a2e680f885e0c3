package org.voltwin.doe.factors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A linear model over coded factors. Each column is a product over factors; a quantitative factor enters with its power,
 * a categorical one with one of its contrasts (orthogonal, so that two labels are -1 and 1). Mixtures have Scheffe's
 * form: no constant, because shares sum to 1 (Scheffe, J. R. Stat. Soc. B 20 (1958) 344-360).
 */
public final class Model {
    /** A term: what a person calls an effect. A term of a categorical factor has several columns. */
    public record Term(String name, List<Integer> columns) {
        public boolean constant() {
            return name.equals(CONSTANT);
        }
    }

    private static final String CONSTANT = "constant";

    private final List<StudyFactor> factors;
    /** By column and factor: power or number of the contrast; 0 if the factor is not in the column. */
    private final int[][] codes;

    private final List<Term> terms;
    private final int[][] columnsOfFactor;
    private final double[][][] contrasts;

    private Model(List<StudyFactor> factors, List<int[]> codes, List<Term> terms) {
        this.factors = factors;
        this.codes = codes.toArray(int[][]::new);
        this.terms = List.copyOf(terms);
        this.contrasts = factors.stream().map(Model::contrasts).toArray(double[][][]::new);
        this.columnsOfFactor = new int[factors.size()][];
        for (int f = 0; f < factors.size(); f++) {
            int factor = f;
            columnsOfFactor[f] = java.util.stream.IntStream.range(0, this.codes.length)
                    .filter(c -> this.codes[c][factor] != 0)
                    .toArray();
        }
    }

    /** Constant and main effects. */
    public static Model main(List<StudyFactor> factors) {
        return of(factors, powersUpTo(factors, 1));
    }

    /** Main effects and two-factor interactions. */
    public static Model interactions(List<StudyFactor> factors) {
        List<int[]> wanted = powersUpTo(factors, 2);
        wanted.removeIf(powers -> Arrays.stream(powers).anyMatch(p -> p > 1));
        return of(factors, wanted);
    }

    /** Main effects, interactions and squares. */
    public static Model quadratic(List<StudyFactor> factors) {
        return of(factors, powersUpTo(factors, 2));
    }

    /** All products of powers up to 3. */
    public static Model cubic(List<StudyFactor> factors) {
        return of(factors, powersUpTo(factors, 3));
    }

    /** The terms with the given powers by factor; the constant is added unless there are mixture factors. */
    public static Model of(List<StudyFactor> factors, List<int[]> wanted) {
        List<int[]> columns = new ArrayList<>();
        List<Term> terms = new ArrayList<>();
        boolean mixture = factors.stream().anyMatch(StudyFactor.Mixture.class::isInstance);
        if (!mixture) {
            columns.add(new int[factors.size()]);
            terms.add(new Term(CONSTANT, List.of(0)));
        }
        for (int[] powers : wanted) {
            if (mixture && redundant(factors, powers)) {
                continue;
            }
            List<Integer> mine = new ArrayList<>();
            for (int[] column : expand(factors, powers)) {
                mine.add(columns.size());
                columns.add(column);
            }
            terms.add(new Term(name(factors, powers), mine));
        }
        return new Model(factors, columns, terms);
    }

    /** The terms with the given names; a name that is no product of factors is refused with {@code design.bad_model}. */
    public static Model named(List<StudyFactor> factors, List<String> names) {
        List<int[]> powers = new ArrayList<>();
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (String name : names) {
            if (name.equals(CONSTANT)) {
                continue;
            }
            int[] found = powers(factors, name)
                    .orElseThrow(() -> Keys.refused(
                            "bad_model",
                            "The model's term '" + name + "' is not made of factors.",
                            "Write terms as A, A:B or A^2, with the names of the factors."));
            if (seen.add(Arrays.toString(found))) {
                powers.add(found);
            }
        }
        return of(factors, powers);
    }

    /** Terms by name: {@code A}, {@code A:B}, {@code A^2}; empty if a name is no factor, with {@code unknown} to say which. */
    private static Optional<int[]> powers(List<StudyFactor> factors, String term) {
        int[] powers = new int[factors.size()];
        for (String part : term.split("[:*]")) {
            String[] base = part.strip().split("\\^", 2);
            int index = factors.stream().map(StudyFactor::name).toList().indexOf(base[0].strip());
            if (index < 0 || (base.length > 1 && !base[1].strip().matches("[1-5]"))) {
                return Optional.empty();
            }
            powers[index] += base.length > 1 ? Integer.parseInt(base[1].strip()) : 1;
        }
        return Optional.of(powers);
    }

    private static List<int[]> powersUpTo(List<StudyFactor> factors, int degree) {
        List<int[]> all = new ArrayList<>();
        collect(factors, new int[factors.size()], 0, degree, all);
        all.removeIf(powers -> Arrays.stream(powers).sum() == 0);
        // By degree, interactions before squares, then in the order of the factors: as people list them.
        all.sort(java.util.Comparator.comparingInt((int[] p) -> Arrays.stream(p).sum())
                .thenComparingInt(p -> Arrays.stream(p).max().orElse(0))
                .thenComparing(p -> {
                    StringBuilder order = new StringBuilder();
                    Arrays.stream(p).forEach(power -> order.append((char) ('9' - power)));
                    return order.toString();
                }));
        return all;
    }

    private static void collect(List<StudyFactor> factors, int[] powers, int f, int left, List<int[]> all) {
        if (f == factors.size()) {
            all.add(powers.clone());
            return;
        }
        int highest = switch (factors.get(f)) {
            case StudyFactor.Categorical c -> 1;
            case StudyFactor.Mixture m -> 1;
            case StudyFactor.Continuous c -> left;
            case StudyFactor.Discrete d -> d.levels() - 1;
        };
        for (int p = 0; p <= Math.min(left, highest); p++) {
            powers[f] = p;
            collect(factors, powers, f + 1, left - p, all);
        }
        powers[f] = 0;
    }

    /** With shares that sum to 1, z times the last share is z less z times the others. */
    private static boolean redundant(List<StudyFactor> factors, int[] powers) {
        int last = -1;
        int shares = 0;
        int others = 0;
        for (int f = 0; f < powers.length; f++) {
            boolean share = factors.get(f) instanceof StudyFactor.Mixture;
            last = share ? f : last;
            shares += share ? powers[f] : 0;
            others += share ? 0 : powers[f];
        }
        return others > 0 && shares == 1 && powers[last] == 1;
    }

    private static List<int[]> expand(List<StudyFactor> factors, int[] powers) {
        List<int[]> columns = new ArrayList<>(List.of(powers.clone()));
        for (int f = 0; f < powers.length; f++) {
            if (powers[f] > 0 && factors.get(f) instanceof StudyFactor.Categorical c) {
                List<int[]> more = new ArrayList<>();
                for (int contrast = 1; contrast < c.levels(); contrast++) {
                    for (int[] column : columns) {
                        int[] copy = column.clone();
                        copy[f] = contrast;
                        more.add(copy);
                    }
                }
                columns = more;
            }
        }
        return columns;
    }

    private static String name(List<StudyFactor> factors, int[] powers) {
        List<String> parts = new ArrayList<>();
        for (int f = 0; f < powers.length; f++) {
            if (powers[f] > 0) {
                parts.add(factors.get(f).name() + (powers[f] > 1 ? "^" + powers[f] : ""));
            }
        }
        return String.join(":", parts);
    }

    /** Helmert contrasts with mean square 1 over the labels; empty for other factors. */
    private static double[][] contrasts(StudyFactor factor) {
        if (!(factor instanceof StudyFactor.Categorical)) {
            return new double[0][];
        }
        int levels = factor.levels();
        double[][] contrasts = new double[levels][levels];
        for (int c = 1; c < levels; c++) {
            double size = Math.sqrt(levels / (double) (c * (c + 1)));
            for (int level = 0; level <= c; level++) {
                contrasts[level][c] = level < c ? -size : c * size;
            }
        }
        return contrasts;
    }

    public List<StudyFactor> factors() {
        return factors;
    }

    /** The terms that {@code wanted} takes, over {@code others}: this model's factors and perhaps more behind them. */
    public Model over(List<StudyFactor> others, Predicate<Term> wanted) {
        List<int[]> powers = new ArrayList<>();
        for (Term term : terms) {
            if (!term.constant() && wanted.test(term)) {
                powers.add(Arrays.copyOf(codes[term.columns().getFirst()], others.size()));
            }
        }
        for (int f = factors.size(); f < others.size(); f++) {
            int[] added = new int[others.size()];
            added[f] = 1;
            powers.add(added);
        }
        return of(others, powers);
    }

    /** Whether a term is of hard-to-change factors alone, as the constant is: whole plots decide on it. */
    public boolean ofWholePlots(Term term) {
        int[] code = codes[term.columns().getFirst()];
        for (int f = 0; f < code.length; f++) {
            if (code[f] > 0 && !factors.get(f).hardToChange()) {
                return false;
            }
        }
        return true;
    }

    /** Number of columns: parameters to be fitted. */
    public int parameters() {
        return codes.length;
    }

    public List<Term> terms() {
        return terms;
    }

    /** The model's row for a coded point. */
    public double[] row(double[] point) {
        double[] row = new double[codes.length];
        for (int c = 0; c < row.length; c++) {
            row[c] = column(c, point);
        }
        return row;
    }

    /** One column of a point's row. */
    public double column(int column, double[] point) {
        double product = 1;
        int[] code = codes[column];
        for (int f = 0; f < code.length; f++) {
            if (code[f] != 0) {
                product *= basis(f, code[f], point[f]);
            }
        }
        return product;
    }

    private double basis(int factor, int code, double value) {
        if (contrasts[factor].length > 0) {
            return contrasts[factor][(int) Math.round(value)][code];
        }
        double power = value;
        for (int i = 1; i < code; i++) {
            power *= value;
        }
        return power;
    }

    /** The rows for coded points. */
    public double[][] rows(List<double[]> points) {
        return points.stream().map(this::row).toArray(double[][]::new);
    }

    /** Columns that a factor is part of; do not change the array. */
    public int[] columnsOf(int factor) {
        return columnsOfFactor[factor];
    }

    /** Whether the terms hold a power of a factor above 1, or a product of shares. */
    public boolean curved() {
        for (int[] code : codes) {
            for (int f = 0; f < code.length; f++) {
                if (code[f] > 1 && contrasts[f].length == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The highest power of a factor. */
    public int degree(int factor) {
        int highest = 0;
        for (int[] code : codes) {
            highest = Math.max(highest, contrasts[factor].length > 0 ? 0 : code[factor]);
        }
        return highest;
    }

    /** Name of each column; a contrast is numbered: {@code Chemistry[2]}. */
    public List<String> columnNames() {
        List<String> names = new ArrayList<>();
        for (Term term : terms) {
            for (int i = 0; i < term.columns().size(); i++) {
                names.add(term.columns().size() == 1 ? term.name() : term.name() + "[" + (i + 1) + "]");
            }
        }
        return names;
    }

    /** The powers of a term by factor, for terms of quantitative factors. */
    public int[] codesOf(int column) {
        return codes[column].clone();
    }
}
