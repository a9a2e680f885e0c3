package org.voltwin.cosim.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.cosim.fmu.ModelVariable.Type;

final class SignalTypesTest {
    @ParameterizedTest
    @CsvSource({
        "FLOAT64, FLOAT64, true",
        "FLOAT64, FLOAT32, true",
        "INT32, FLOAT64, true",
        "BOOLEAN, FLOAT64, true",
        "BOOLEAN, INT32, true",
        "UINT8, INT64, true",
        "ENUMERATION, INT32, true",
        "FLOAT64, INT32, false",
        "FLOAT64, BOOLEAN, false",
        "INT32, BOOLEAN, false",
        "STRING, STRING, true",
        "STRING, FLOAT64, false",
        "FLOAT64, STRING, false",
        "BINARY, BINARY, true",
        "BINARY, STRING, false",
        "CLOCK, CLOCK, true",
        "CLOCK, BOOLEAN, false"
    })
    void only_digits_may_be_lost(Type output, Type input, boolean fit) {
        assertThat(SignalTypes.fit(output, input)).isEqualTo(fit);
    }
}
