package org.voltwin.doe.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voltwin.doe.factors.Model;
import org.voltwin.doe.linear.Probability;

/**
 * Analysis of variance: each term beside all others (type III, with contrasts that sum to zero); the error split into
 * lack of fit and pure error where settings were repeated.
 */
record AnovaTable(Fit fit) {
    private static final double SAME_SETTING = 1e-9;

    /** Errors of runs against their repetitions. */
    record Replication(double pureSquares, int pureDegrees, double lackSquares, int lackDegrees) {
        double f() {
            return lackSquares / lackDegrees / (pureSquares / pureDegrees);
        }

        double probability() {
            return Probability.upperF(f(), lackDegrees, pureDegrees);
        }
    }

    List<Analysis.Line> lines() {
        List<Analysis.Line> lines = new ArrayList<>();
        for (Model.Term term : fit.model().terms()) {
            if (!term.constant()) {
                lines.add(line(term));
            }
        }
        if (fit.splitPlot()) {
            int df = fit.degrees().withinPlots();
            lines.add(line("error within whole plots", df, fit.variance() * df));
            return lines;
        }
        lines.add(line("error", fit.errorDegrees(), fit.sumOfSquaredResiduals()));
        replication().ifPresent(errors -> {
            if (errors.lackDegrees() > 0) {
                lines.add(new Analysis.Line(
                        "lack of fit",
                        errors.lackDegrees(),
                        Figures.round(errors.lackSquares()),
                        Figures.known(errors.lackSquares() / errors.lackDegrees()),
                        Figures.known(errors.f()),
                        errors.pureDegrees(),
                        Figures.known(errors.probability())));
            }
            lines.add(line("pure error", errors.pureDegrees(), errors.pureSquares()));
        });
        lines.add(line("total", fit.responses().length - 1, fit.totalSquares()));
        return lines;
    }

    private static Analysis.Line line(String source, int df, double squares) {
        return new Analysis.Line(
                source,
                df,
                Figures.round(Double.isNaN(squares) ? 0 : squares),
                Figures.known(df < 1 ? Double.NaN : squares / df),
                null,
                null,
                null);
    }

    private Analysis.Line line(Model.Term term) {
        double squares = fit.squares(term);
        int df = term.columns().size();
        int errors = fit.degrees().of(term);
        double f = squares / df / fit.variance();
        boolean judged = errors > 0 && Double.isFinite(f);
        return new Analysis.Line(
                term.name(),
                df,
                Figures.round(squares),
                Figures.known(squares / df),
                judged ? Figures.known(f) : null,
                judged ? errors : null,
                judged ? Figures.known(Probability.upperF(f, df, errors)) : null);
    }

    /** What repeated settings tell; empty without repetitions, and with whole plots, whose error has two parts. */
    Optional<Replication> replication() {
        if (fit.splitPlot()) {
            return Optional.empty();
        }
        Map<List<Long>, List<Double>> groups = new LinkedHashMap<>();
        for (int i = 0; i < fit.responses().length; i++) {
            List<Long> key = Arrays.stream(fit.points().get(i))
                    .mapToObj(v -> Math.round(v / SAME_SETTING))
                    .toList();
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(fit.responses()[i]);
        }
        double pure = 0;
        for (List<Double> group : groups.values()) {
            double mean = group.stream().mapToDouble(y -> y).average().orElseThrow();
            pure += group.stream().mapToDouble(y -> (y - mean) * (y - mean)).sum();
        }
        int pureDegrees = fit.responses().length - groups.size();
        int lackDegrees = fit.errorDegrees() - pureDegrees;
        return pureDegrees < 1
                ? Optional.empty()
                : Optional.of(new Replication(
                        pure, pureDegrees, Math.max(0, fit.sumOfSquaredResiduals() - pure), lackDegrees));
    }
}
