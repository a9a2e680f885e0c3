package org.voltwin.doe.sequential;

import java.util.List;
import org.voltwin.doe.factors.StudyFactor;

/** Coded points as a kernel sees them: ranges 0 to 1, an axis per label so that any two labels are equally far apart. */
record UnitCube(List<StudyFactor> factors) {
    double[] of(double[] point) {
        int axes = 0;
        for (StudyFactor factor : factors) {
            axes += factor instanceof StudyFactor.Categorical c ? c.levels() : 1;
        }
        double[] unit = new double[axes];
        int at = 0;
        for (int f = 0; f < factors.size(); f++) {
            StudyFactor factor = factors.get(f);
            if (factor instanceof StudyFactor.Categorical c) {
                unit[at + (int) Math.round(point[f])] = 1;
                at += c.levels();
            } else {
                unit[at++] = (point[f] - factor.codedLow()) / (factor.codedHigh() - factor.codedLow());
            }
        }
        return unit;
    }
}
