package org.voltwin.doe.design;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.voltwin.doe.classical.TwoLevelFraction;
import org.voltwin.doe.factors.DesignKind;
import org.voltwin.doe.factors.Model;

/**
 * A design before it is put in order.
 *
 * @param model that its figures are for
 * @param points new runs, coded; blocks and whole plots are given beside them
 * @param blocks by point, from 1
 * @param wholePlots by point, from 1; empty if nothing is hard to change
 * @param fraction if it is a regular one
 */
record Draft(
        DesignKind kind,
        String why,
        Model model,
        List<double[]> points,
        int[] blocks,
        int[] wholePlots,
        Optional<TwoLevelFraction> fraction) {
    static Draft of(DesignKind kind, String why, Model model, List<double[]> points) {
        return new Draft(kind, why, model, points, oneBlock(points.size()), new int[0], Optional.empty());
    }

    static int[] oneBlock(int runs) {
        int[] one = new int[runs];
        Arrays.fill(one, 1);
        return one;
    }

    Draft with(TwoLevelFraction found) {
        return new Draft(kind, why, model, points, blocks, wholePlots, Optional.of(found));
    }

    Draft because(String reason) {
        return new Draft(kind, reason + " " + why, model, points, blocks, wholePlots, fraction);
    }
}
