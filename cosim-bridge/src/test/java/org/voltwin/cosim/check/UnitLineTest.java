package org.voltwin.cosim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Figures from NIST SP 811 (2008), appendix B.8, and the definitions of the SI brochure. */
final class UnitLineTest {
    private static final String UNITS = """
            <fmiModelDescription fmiVersion="3.0"><UnitDefinitions>
            <Unit name="K"><BaseUnit K="1"/></Unit>
            <Unit name="degC"><BaseUnit K="1" offset="273.15"/></Unit>
            <Unit name="degF"><BaseUnit K="1" factor="0.5555555555555556" offset="255.3722222222222"/></Unit>
            <Unit name="rpm"><BaseUnit s="-1" rad="1" factor="0.10471975511965977"/></Unit>
            <Unit name="rad/s"><BaseUnit s="-1" rad="1"/></Unit>
            <Unit name="bar"><BaseUnit kg="1" m="-1" s="-2" factor="1e5"/></Unit>
            <Unit name="psi"><BaseUnit kg="1" m="-1" s="-2" factor="6894.757"/></Unit>
            <Unit name="broken"><BaseUnit kg="x"/></Unit>
            </UnitDefinitions><ModelVariables>
            <Float64 name="dT" relativeQuantity="true"/><Float64 name="T"/>
            </ModelVariables></fmiModelDescription>""";

    private static UnitDefinitions definitions() throws Exception {
        return UnitDefinitions.parse(UNITS.getBytes(StandardCharsets.UTF_8));
    }

    private static double convert(double value, String from, String to, boolean difference) throws Exception {
        UnitDefinitions units = definitions();
        UnitLine line = ((UnitLine.Answer.Line)
                        UnitLine.between(units.unit(from), from, units.unit(to), to, difference))
                .line();
        return line.factor() * value + line.offset();
    }

    @Test
    void temperatures_have_an_offset_and_their_differences_have_none() throws Exception {
        assertThat(convert(25, "degC", "K", false)).isCloseTo(298.15, within(1e-12));
        assertThat(convert(0, "K", "degC", false)).isCloseTo(-273.15, within(1e-12));
        assertThat(convert(212, "degF", "degC", false)).isCloseTo(100, within(1e-9));
        assertThat(convert(5, "degC", "K", true)).isEqualTo(5);
        assertThat(convert(9, "degF", "K", true)).isCloseTo(5, within(1e-12));
        assertThat(definitions().relative("dT")).isTrue();
        assertThat(definitions().relative("T")).isFalse();
    }

    @Test
    void derived_units_convert_by_their_factors() throws Exception {
        assertThat(convert(60, "rpm", "rad/s", false)).isCloseTo(2 * Math.PI, within(1e-12));
        assertThat(convert(1, "bar", "psi", false)).isCloseTo(14.503774, within(1e-6));
    }

    @Test
    void other_quantities_and_unknown_units_are_told_apart() throws Exception {
        UnitDefinitions units = definitions();
        assertThat(UnitLine.between(units.unit("K"), "K", units.unit("bar"), "bar", false))
                .isInstanceOf(UnitLine.Answer.OtherQuantity.class);
        assertThat(units.unit("broken")).isEmpty();
        assertThat(UnitLine.between(units.unit("broken"), "broken", units.unit("bar"), "bar", false))
                .isInstanceOf(UnitLine.Answer.Unknown.class);
    }

    @Test
    void units_of_messages_stand_in_where_no_definition_is_given() throws Exception {
        assertThat(UnitLine.between(java.util.Optional.empty(), "degC", java.util.Optional.empty(), "K", false))
                .isEqualTo(new UnitLine.Answer.Line(new UnitLine(1, 273.15)));
        assertThat(UnitLine.between(java.util.Optional.empty(), "mV", java.util.Optional.empty(), "V", false))
                .isEqualTo(new UnitLine.Answer.Line(new UnitLine(1e-3, 0)));
    }
}
