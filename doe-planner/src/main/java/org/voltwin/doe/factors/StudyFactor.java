package org.voltwin.doe.factors;

import java.util.List;
import org.voltwin.model.quantity.Unit;

/**
 * What an experiment varies. A design sees a factor coded: ranges as -1 to 1, categories as the index of the level,
 * shares of a mixture as they are.
 */
public sealed interface StudyFactor {
    String name();

    /** Whether a change costs much (a chamber's temperature): such factors change between whole plots only. */
    boolean hardToChange();

    /** Number of levels that a full factorial tries. */
    int levels();

    /** Lowest coded value. */
    double codedLow();

    /** Highest coded value. */
    double codedHigh();

    /** The value in the factor's own unit, or the label's index. */
    default double natural(double coded) {
        return coded;
    }

    /** The coded value of a value in the factor's own unit. */
    default double coded(double natural) {
        return natural;
    }

    /** Coded values of the levels, ascending. */
    double[] codedLevels();

    /** A factor with a unit; coded as -1 to 1. */
    sealed interface Quantity extends StudyFactor {
        Unit unit();

        @Override
        default double codedLow() {
            return -1;
        }

        @Override
        default double codedHigh() {
            return 1;
        }
    }

    /** Any value between {@code low} and {@code high}, in {@code unit}. */
    record Continuous(String name, Unit unit, double low, double high, int levels, boolean hardToChange)
            implements Quantity {
        @Override
        public double natural(double coded) {
            // The ends are exact, so that no rounding leaves the range.
            return coded == 1 ? high : coded == -1 ? low : low + (coded + 1) / 2 * (high - low);
        }

        @Override
        public double coded(double natural) {
            return natural == high ? 1 : natural == low ? -1 : 2 * (natural - low) / (high - low) - 1;
        }

        @Override
        public double[] codedLevels() {
            double[] coded = new double[levels];
            for (int i = 0; i < levels; i++) {
                coded[i] = 2.0 * i / (levels - 1) - 1;
            }
            return coded;
        }
    }

    /** One of some numbers, ascending, in {@code unit}. */
    record Discrete(String name, Unit unit, List<Double> values, boolean hardToChange) implements Quantity {
        public Discrete {
            values = values.stream().sorted().toList();
        }

        @Override
        public int levels() {
            return values.size();
        }

        @Override
        public double natural(double coded) {
            double wanted = values.getFirst() + (coded + 1) / 2 * (values.getLast() - values.getFirst());
            double nearest = values.getFirst();
            for (double value : values) {
                if (Math.abs(value - wanted) < Math.abs(nearest - wanted)) {
                    nearest = value;
                }
            }
            return nearest;
        }

        @Override
        public double coded(double natural) {
            return 2 * (natural - values.getFirst()) / (values.getLast() - values.getFirst()) - 1;
        }

        @Override
        public double[] codedLevels() {
            return values.stream().mapToDouble(this::coded).toArray();
        }
    }

    /** One of some labels. */
    record Categorical(String name, List<String> labels, boolean hardToChange) implements StudyFactor {
        public Categorical {
            labels = List.copyOf(labels);
        }

        @Override
        public int levels() {
            return labels.size();
        }

        @Override
        public double codedLow() {
            return 0;
        }

        @Override
        public double codedHigh() {
            return labels.size() - 1;
        }

        @Override
        public double[] codedLevels() {
            double[] coded = new double[labels.size()];
            for (int i = 0; i < coded.length; i++) {
                coded[i] = i;
            }
            return coded;
        }

        /** The label that a coded value stands for. */
        public String label(double coded) {
            return labels.get((int) Math.round(coded));
        }
    }

    /** A share of a mixture, 0 to 1; the shares of all mixture factors sum to 1. */
    record Mixture(String name, double low, double high, int levels) implements StudyFactor {
        @Override
        public boolean hardToChange() {
            return false;
        }

        @Override
        public double codedLow() {
            return low;
        }

        @Override
        public double codedHigh() {
            return high;
        }

        @Override
        public double[] codedLevels() {
            double[] coded = new double[levels];
            for (int i = 0; i < levels; i++) {
                coded[i] = low + (high - low) * i / (levels - 1);
            }
            return coded;
        }
    }
}
