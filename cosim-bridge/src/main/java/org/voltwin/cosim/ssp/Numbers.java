package org.voltwin.cosim.ssp;

import java.io.IOException;

/** Numbers of attributes. */
final class Numbers {
    private Numbers() {}

    static double finite(String text, double otherwise) throws IOException {
        if (text.isBlank()) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("has '" + text + "' where a number belongs", e);
        }
        throw new IOException("has '" + text + "' where a finite number belongs");
    }
}
