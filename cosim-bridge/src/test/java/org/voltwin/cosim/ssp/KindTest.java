package org.voltwin.cosim.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of SSP 2.0, chapter 5, Allowed Connections. */
final class KindTest {
    @ParameterizedTest
    @CsvSource({
        "SYSTEM, INPUT, ELEMENT, INPUT, true",
        "SYSTEM, INPUT, SYSTEM, OUTPUT, true",
        "SYSTEM, INPUT, SYSTEM, CALCULATED_PARAMETER, false",
        "SYSTEM, PARAMETER, SYSTEM, CALCULATED_PARAMETER, true",
        "SYSTEM, PARAMETER, ELEMENT, STRUCTURAL_PARAMETER, false",
        "SYSTEM, STRUCTURAL_PARAMETER, ELEMENT, STRUCTURAL_PARAMETER, true",
        "SYSTEM, OUTPUT, ELEMENT, INPUT, false",
        "ELEMENT, OUTPUT, ELEMENT, INPUT, true",
        "ELEMENT, OUTPUT, ELEMENT, PARAMETER, false",
        "ELEMENT, INPUT, ELEMENT, OUTPUT, false",
        "ELEMENT, INPUT, SYSTEM, INPUT, false",
        "ELEMENT, CONSTANT, ELEMENT, STRUCTURAL_PARAMETER, true",
        "ELEMENT, CALCULATED_PARAMETER, ELEMENT, PARAMETER, true",
        "ELEMENT, INOUT, ELEMENT, INPUT, true",
        "ELEMENT, INOUT, ELEMENT, INOUT, false",
        "ELEMENT, OUTPUT, SYSTEM, CONSTANT, false",
        "ELEMENT, LOCAL, SYSTEM, OUTPUT, true",
        "ELEMENT, UNSPECIFIED, ELEMENT, INPUT, true",
        "ELEMENT, UNSPECIFIED, ELEMENT, OUTPUT, false",
        "ELEMENT, UNSPECIFIED, SYSTEM, UNSPECIFIED, true"
    })
    void which_may_drive_which(String fromOwner, Kind from, String toOwner, Kind to, boolean allowed) {
        assertThat(Kind.mayDrive(from, fromOwner.equals("SYSTEM"), to, toOwner.equals("SYSTEM")))
                .isEqualTo(allowed);
    }

    /** 8 from system to system, 9 from system to element, 12 between elements, 13 from element to system. */
    @Test
    void the_whole_table_has_as_many_rows_as_the_standards() {
        int rows = 0;
        for (Kind from : Kind.values()) {
            for (Kind to : Kind.values()) {
                for (int owners = 0; owners < 4; owners++) {
                    boolean known = from != Kind.UNSPECIFIED && to != Kind.UNSPECIFIED;
                    rows += known && Kind.mayDrive(from, owners / 2 == 0, to, owners % 2 == 0) ? 1 : 0;
                }
            }
        }
        assertThat(rows).isEqualTo(8 + 9 + 12 + 13);
    }
}
