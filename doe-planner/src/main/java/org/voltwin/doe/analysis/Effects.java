package org.voltwin.doe.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.factors.Region;
import org.voltwin.doe.factors.StudyFactor;
import org.voltwin.doe.linear.Probability;

/** Coefficients, effects and means of labels with confidence intervals; predictions. */
record Effects(Fit fit, Region region, double alpha) {
    List<Analysis.Coefficient> coefficients() {
        List<Analysis.Coefficient> all = new ArrayList<>();
        List<String> names = fit.model().columnNames();
        for (Model.Term term : fit.model().terms()) {
            for (int column : term.columns()) {
                all.add(coefficient(term, column, names.get(column)));
            }
        }
        return all;
    }

    private Analysis.Coefficient coefficient(Model.Term term, int column, String name) {
        double value = fit.coefficients()[column];
        double error = Math.sqrt(fit.variance() * fit.covariance()[column][column]);
        int df = fit.degrees().of(term);
        boolean judged = df > 0 && Double.isFinite(error);
        double half = judged ? fit.halfWidth(error, df, alpha) : Double.NaN;
        double t = value / error;
        return new Analysis.Coefficient(
                name,
                Figures.round(value),
                effect(term, column),
                Figures.known(error),
                Figures.known(value - half),
                Figures.known(value + half),
                judged ? Figures.known(t) : null,
                judged ? Figures.known(Probability.twoSidedT(t, df)) : null);
    }

    /** Twice the coefficient where every factor of the column goes once from -1 to 1. */
    private @Nullable Double effect(Model.Term term, int column) {
        int[] codes = fit.model().codesOf(column);
        for (int f = 0; f < codes.length; f++) {
            StudyFactor factor = fit.model().factors().get(f);
            boolean ends = factor instanceof StudyFactor.Quantity
                    || (factor instanceof StudyFactor.Categorical c && c.levels() == 2);
            if (codes[f] > 1 || (codes[f] > 0 && !ends)) {
                return null;
            }
        }
        return term.constant() ? null : Figures.known(2 * fit.coefficients()[column]);
    }

    List<Analysis.LabelMean> means() {
        List<Analysis.LabelMean> means = new ArrayList<>();
        List<StudyFactor> factors = fit.model().factors();
        for (int f = 0; f < factors.size(); f++) {
            if (factors.get(f) instanceof StudyFactor.Categorical category
                    && fit.model().columnsOf(f).length > 0) {
                for (int label = 0; label < category.levels(); label++) {
                    means.add(mean(category, f, label));
                }
            }
        }
        return means;
    }

    private Analysis.LabelMean mean(StudyFactor.Categorical category, int factor, int label) {
        List<StudyFactor> factors = fit.model().factors();
        double[] middle = Arrays.copyOf(region.centre(), factors.size());
        middle[factor] = label;
        double[] row = fit.model().row(middle);
        for (int f = 0; f < factors.size(); f++) {
            if (f != factor && factors.get(f) instanceof StudyFactor.Categorical) {
                // Contrasts sum to zero over the labels.
                for (int column : fit.model().columnsOf(f)) {
                    row[column] = 0;
                }
            }
        }
        double mean = fit.mean(row);
        double half = fit.halfWidth(fit.standardError(row), fit.predictionDegrees(), alpha);
        return new Analysis.LabelMean(
                category.name(),
                category.labels().get(label),
                Figures.round(mean),
                Figures.known(mean - half),
                Figures.known(mean + half));
    }

    /** The model's row at settings, in an average block. */
    double[] row(double[] point) {
        int block = region.factors().size();
        if (fit.model().factors().size() == block) {
            return fit.model().row(point);
        }
        double[] row = fit.model().row(Arrays.copyOf(point, block + 1));
        if (point.length <= block) {
            for (int column : fit.model().columnsOf(block)) {
                row[column] = 0;
            }
        }
        return point.length > block ? fit.model().row(point) : row;
    }

    Analysis.Prediction prediction(int run, double[] point) {
        double[] row = row(point);
        double mean = fit.mean(row);
        int df = fit.predictionDegrees();
        double half = fit.halfWidth(fit.standardError(row), df, alpha);
        double runHalf = fit.halfWidth(fit.predictionError(row), df, alpha);
        return new Analysis.Prediction(
                run,
                region.values(Arrays.copyOf(point, region.factors().size())),
                Figures.round(mean),
                Figures.known(mean - half),
                Figures.known(mean + half),
                Figures.known(mean - runHalf),
                Figures.known(mean + runHalf));
    }
}
