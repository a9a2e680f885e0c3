package org.voltwin.app.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.analysis.Analysis;

/** An analysis as people read it, and its tables as CSV. */
final class AnalysisText {
    private final StringBuilder text = new StringBuilder();

    private AnalysisText() {}

    static String of(Analysis analysis) {
        AnalysisText writing = new AnalysisText();
        writing.head(analysis);
        writing.anova(analysis);
        writing.effects(analysis);
        writing.checks(analysis);
        writing.predictions(analysis);
        writing.advice(analysis);
        return writing.text.toString();
    }

    static String residuals(Analysis analysis) {
        StringBuilder table = new StringBuilder("run,observed,fitted,residual,leverage,studentised,cooks_distance\n");
        for (Analysis.Residual r : analysis.residuals()) {
            table.append(String.join(
                            ",",
                            String.valueOf(r.run()),
                            plain(r.observed()),
                            plain(r.fitted()),
                            plain(r.residual()),
                            plain(r.leverage()),
                            plain(r.studentised()),
                            plain(r.cooksDistance())))
                    .append('\n');
        }
        return table.toString();
    }

    /** Runs that are advised, with the reason's number; nothing but the head if there are none. */
    static String next(Analysis analysis) {
        StringBuilder table = new StringBuilder();
        int number = 0;
        for (Analysis.Advice advice : analysis.next()) {
            number++;
            for (Map<String, Object> run : advice.runs()) {
                if (table.isEmpty()) {
                    table.append("advice,")
                            .append(String.join(",", run.keySet()))
                            .append('\n');
                }
                table.append(number);
                run.values().forEach(value -> table.append(',').append(value));
                table.append('\n');
            }
        }
        return table.isEmpty() ? "advice\n" : table.toString();
    }

    private static String plain(@Nullable Double value) {
        return value == null ? "" : value.toString();
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.5g", value);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void head(Analysis analysis) {
        Analysis.Summary summary = analysis.summary();
        line("%s: %d results. %s", analysis.response(), analysis.runs(), analysis.method());
        analysis.notes().forEach(note -> line("  Note: %s", note));
        line("");
        line(
                "  R2 %s, adjusted %s, predicted %s; standard deviation of a run %s (%d degrees of freedom)",
                shown(summary.rSquared()),
                shown(summary.adjustedRSquared()),
                shown(summary.predictedRSquared()),
                shown(summary.standardDeviation()),
                summary.errorDegreesOfFreedom());
        Integer plots = summary.plotDegreesOfFreedom();
        if (plots != null) {
            line(
                    "  Standard deviation between whole plots %s (%d degrees of freedom)",
                    shown(summary.plotStandardDeviation()), plots);
        }
        line("");
    }

    private void anova(Analysis analysis) {
        line("  %-32s %4s %12s %12s %10s %10s", "Source", "df", "Sum of sq.", "Mean sq.", "F", "p");
        for (Analysis.Line l : analysis.anova()) {
            line(
                    "  %-32s %4d %12s %12s %10s %10s",
                    l.source(),
                    l.degreesOfFreedom(),
                    shown(l.sumOfSquares()),
                    shown(l.meanSquare()),
                    shown(l.f()),
                    shown(l.probability()));
        }
        line("");
    }

    private void effects(Analysis analysis) {
        line("  %-32s %12s %12s %12s %12s %10s", "Coefficient (coded)", "value", "effect", "low", "high", "p");
        for (Analysis.Coefficient c : analysis.coefficients()) {
            line(
                    "  %-32s %12s %12s %12s %12s %10s",
                    c.name(),
                    shown(c.value()),
                    shown(c.effect()),
                    shown(c.low()),
                    shown(c.high()),
                    shown(c.probability()));
        }
        for (Analysis.LabelMean m : analysis.means()) {
            line(
                    "  %-32s %12s %12s %12s %12s",
                    "mean at " + m.factor() + " = " + m.label(), shown(m.mean()), "", shown(m.low()), shown(m.high()));
        }
        line("");
    }

    private void checks(Analysis analysis) {
        Analysis.Checks checks = analysis.checks();
        line("  Residuals; a small p speaks against the model's assumptions");
        line("    normal (Shapiro-Wilk W %s)    p %s", shown(checks.shapiroWilk()), shown(checks.normality()));
        line("    equal variance (Breusch-Pagan)  p %s", shown(checks.equalVariance()));
        line(
                "    independent of the order (correlation %s)  p %s",
                shown(checks.runOrderCorrelation()), shown(checks.runOrder()));
        for (Analysis.Residual r : analysis.residuals()) {
            Double cook = r.cooksDistance();
            if (r.outlier() || (cook != null && cook > 1)) {
                line(
                        "    run %d: studentised residual %s, Cook's distance %s",
                        r.run(), shown(r.studentised()), shown(cook));
            }
        }
        line("");
    }

    private void predictions(Analysis analysis) {
        analysis.predictions().forEach(p -> prediction("Run " + p.run() + " should give", p));
        Analysis.Prediction best = analysis.best();
        if (best != null) {
            prediction("Best settings " + best.values() + ":", best);
        }
        line("");
    }

    private void prediction(String what, Analysis.Prediction p) {
        line(
                "  %s %s (mean %s to %s, a single run %s to %s)",
                what, shown(p.mean()), shown(p.low()), shown(p.high()), shown(p.runLow()), shown(p.runHigh()));
    }

    private void advice(Analysis analysis) {
        line("  Next");
        for (Analysis.Advice advice : analysis.next()) {
            line("  - %s. %s", advice.what(), advice.why());
            advice.runs().forEach(run -> line("      %s", run));
        }
    }
}
