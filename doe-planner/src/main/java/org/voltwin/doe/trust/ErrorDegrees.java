package org.voltwin.doe.trust;

import java.util.Arrays;
import org.voltwin.doe.factors.Model;

/**
 * Degrees of freedom of the error that a term is judged by. Without whole plots those of the runs; with them, terms of
 * hard-to-change factors alone are judged between whole plots, all others within (containment, as in R's nlme).
 *
 * @param runs number of runs
 * @param wholePlots by run the number of its whole plot; empty if nothing is hard to change
 */
public record ErrorDegrees(Model model, int runs, int[] wholePlots) {
    public int of(Model.Term term) {
        return wholePlots.length > 0 && model.ofWholePlots(term) ? betweenPlots() : withinPlots();
    }

    /** Of whole plots around the terms of hard-to-change factors; below 1 nothing is known of their error. */
    public int betweenPlots() {
        return plots() - plotParameters();
    }

    /** Of runs, inside their whole plots if there are any. */
    public int withinPlots() {
        return wholePlots.length == 0
                ? runs - model.parameters()
                : runs - plots() - (model.parameters() - plotParameters());
    }

    private int plots() {
        return (int) Arrays.stream(wholePlots).distinct().count();
    }

    private int plotParameters() {
        return model.terms().stream()
                .filter(model::ofWholePlots)
                .mapToInt(term -> term.columns().size())
                .sum();
    }
}
