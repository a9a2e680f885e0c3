package org.voltwin.doe.factors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The problem of an experiment design, read and checked by {@link StudyReader}.
 *
 * @param kind of design wanted, {@link DesignKind#AUTO} to have it chosen
 * @param objective what the experiment is for
 * @param factors names unique, ranges not empty
 * @param constraints what every run must keep to
 * @param model what is to be fitted; empty to have it chosen with the design
 * @param budget runs or channel-hours
 * @param layout blocks, whole plots, replicates, centre points
 * @param existing runs made already, coded
 * @param options of single kinds of design
 * @param response what is measured
 * @param seed of everything random: the same seed gives the same design
 */
public record Study(
        DesignKind kind,
        Objective objective,
        List<StudyFactor> factors,
        List<Formula> constraints,
        Optional<Model> model,
        Budget budget,
        Layout layout,
        List<double[]> existing,
        Options options,
        Response response,
        long seed) {
    public Study {
        factors = List.copyOf(factors);
        constraints = List.copyOf(constraints);
        existing = List.copyOf(existing);
    }

    /** The factors, and behind them the block as a categorical one if there are several blocks. */
    public List<StudyFactor> factorsAndBlock() {
        List<StudyFactor> all = new ArrayList<>(factors);
        if (layout.blocks() > 1) {
            List<String> labels = IntStream.rangeClosed(1, layout.blocks())
                    .mapToObj(String::valueOf)
                    .toList();
            all.add(new StudyFactor.Categorical(layout.blockName(), labels, false));
        }
        return all;
    }

    /** The same question with other runs made already: a design of {@code more} new ones for a model. */
    public Study augmenting(List<double[]> made, Model wanted, int more) {
        return new Study(
                DesignKind.D_OPTIMAL,
                objective,
                factors,
                constraints,
                Optional.of(wanted),
                new Budget(Optional.of(more), Optional.empty(), budget.hoursPerRun()),
                new Layout(layout.blocks(), layout.blockName(), 0, layout.plotVarianceRatio(), 1, Optional.of(0)),
                made,
                options,
                response,
                seed);
    }

    /** What the experiment is for. */
    public enum Objective {
        AUTO,
        /** Which of many factors matter. */
        SCREENING,
        /** How large the effects are: smallest confidence regions of the coefficients. */
        EFFECTS,
        /** A response surface that predicts well everywhere. */
        PREDICTION,
        /** A function nobody knows the shape of, such as a simulation: spread over the region. */
        EXPLORATION,
        /** The settings with the best response, found in few runs one after another. */
        OPTIMUM
    }

    /**
     * What may be spent.
     *
     * @param runs largest number of new runs, if given
     * @param channelHours largest sum of hours on channels, if given
     * @param hoursPerRun hours that one run takes, of its factors in their own units
     */
    public record Budget(Optional<Integer> runs, Optional<Double> channelHours, Optional<Formula> hoursPerRun) {}

    /**
     * How runs hang together.
     *
     * @param blocks number of benches, batches or days that differ by a constant; 1 for none
     * @param blockName what a block is
     * @param wholePlots number of settings of the hard-to-change factors; 0 to have it chosen
     * @param plotVarianceRatio variance between whole plots over variance between runs
     * @param replicates how often the whole design is run, at least 1
     * @param centrePoints runs in the centre; empty for what is usual for the design
     */
    public record Layout(
            int blocks,
            String blockName,
            int wholePlots,
            double plotVarianceRatio,
            int replicates,
            Optional<Integer> centrePoints) {}

    /**
     * Settings of single kinds of design.
     *
     * @param resolution least resolution of a fractional factorial
     * @param axial {@code rotatable}, {@code spherical}, {@code face} or a number: distance of star points of a central
     *     composite design
     * @param spread {@code maximin}, {@code discrepancy} or {@code random}: Latin hypercubes
     * @param starts random starts of a search
     * @param effect effect to be found, as the change over a factor's whole range in standard deviations of the noise
     * @param alpha risk of a false alarm, 0 to 1
     * @param batch free channels: runs that a sequential design proposes at a time
     * @param tolerance a sequential design stops when the expected improvement falls below this part of the range seen
     */
    public record Options(
            int resolution,
            String axial,
            String spread,
            int starts,
            double effect,
            double alpha,
            int batch,
            double tolerance) {}

    /**
     * What is measured.
     *
     * @param name of the column in results
     * @param maximise whether more is better
     * @param noise standard deviation of a repeated measurement if known, 0 for a deterministic simulation
     */
    public record Response(String name, boolean maximise, Optional<Double> noise) {
        /** The name of one that was given none: any column that is no factor may be it. */
        public static final String UNNAMED = "Response";
    }
}
