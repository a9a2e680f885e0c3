package org.voltwin.cosim.coupling;

import java.util.Arrays;
import java.util.Optional;

/** How the parts of a system see each other's signals within a communication step. */
public enum CouplingMethod {
    /** All parts step with the values from the step's beginning. First order; needs no states. */
    JACOBI("jacobi"),
    /** Parts step in dependency order with the end values of those before them; a loop's closing signals lag a step. */
    GAUSS_SEIDEL("gauss-seidel"),
    /** As Gauss-Seidel, and loops are iterated until the answer is what was assumed. Needs states where loops are. */
    ITERATED("iterated");

    private final String text;

    CouplingMethod(String text) {
        this.text = text;
    }

    /** As written on the command line. */
    public String text() {
        return text;
    }

    public static Optional<CouplingMethod> parse(String text) {
        return Arrays.stream(values())
                .filter(method -> method.text.equals(text))
                .findFirst();
    }
}
