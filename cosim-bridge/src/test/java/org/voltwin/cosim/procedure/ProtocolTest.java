package org.voltwin.cosim.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.json.Json;

/** Documents in the forms users write, and the matrix expected by hand. */
final class ProtocolTest {
    private static Protocol read(String text) {
        return Protocol.read(
                Json.read(text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class)
                        .orThrow());
    }

    private static List<Double> row(Protocol protocol, String parameter, int number) {
        return protocol.parameters().get(parameter).subList(8 * (number - 1), 8 * number);
    }

    @Test
    void a_unicycler_protocol_with_text_numbers_tags_and_a_loop() {
        Protocol protocol = read("""
                {'unicycler': {'version': '0.3.0'},
                 'sample': {'name': '$NAME', 'capacity_mAh': '5000'},
                 'record': {'time_s': '10', 'voltage_V': 0.1},
                 'safety': {'max_voltage_V': '4.25', 'min_voltage_V': 2.4, 'max_current_mA': 6000,
                            'min_current_mA': '-5500', 'max_capacity_mAh': 7000, 'delay_s': 10},
                 'method': [
                  {'step': 'open_circuit_voltage', 'until_time_s': '600'},
                  {'step': 'tag', 'tag': 'cycling'},
                  {'step': 'constant_current', 'rate_C': 'C/2', 'current_mA': null, 'until_voltage_V': 4.2},
                  {'step': 'constant_voltage', 'voltage_V': '4.2', 'until_rate_C': 0.05, 'until_time_s': ''},
                  {'step': 'constant_current', 'current_mA': -2500, 'until_time_s': 9000, 'until_voltage_V': '2.5'},
                  {'step': 'loop', 'loop_to': 'cycling', 'cycle_count': 3}]}""");

        assertThat(row(protocol, "Procedure", 1)).startsWith(3.0, 0.0, -1.0, 600.0);
        assertThat(row(protocol, "Procedure", 2)).startsWith(1.0, 0.0, -1.0, 3e7, 4.2);
        assertThat(row(protocol, "Procedure_Ends", 2)).endsWith(0.5);
        assertThat(row(protocol, "Procedure", 3)).startsWith(2.0, 0.0, 4.2);
        assertThat(row(protocol, "Procedure_Ends", 3)).endsWith(0.05, -1e9);
        assertThat(row(protocol, "Procedure", 4)).startsWith(1.0, -2.5, -1.0, 9000.0, 2.5);
        assertThat(row(protocol, "Procedure", 5)).startsWith(5.0, 2.0, 3.0);
        assertThat(row(protocol, "Procedure", 6)).containsOnly(0.0);
        assertThat(protocol.sampleIntervalSeconds()).isEqualTo(10);
        assertThat(protocol.limits())
                .containsEntry("Nominal_Capacity", List.of(5.0))
                .containsEntry("Max_Voltage", List.of(4.25))
                .containsEntry("Min_Voltage", List.of(2.4))
                .containsEntry("Max_Current", List.of(5.5))
                .containsEntry("Max_Charge", List.of(7.0));
    }

    /** By the Unicycler documentation: C/3 is 0.333, D/2 is -0.5. */
    @ParameterizedTest
    @CsvSource({"1/5,0.2", "C/4,0.25", "D/2,-0.5", "3C/6,0.5", "2D/4,-0.5", "-1/8,-0.125", "0.3,0.3", "-1,-1"})
    void c_rates_may_be_fractions(String text, double rate) {
        Protocol protocol = read("{'sample': {'capacity_mAh': 1000}, 'method': [{'step': 'constant_current',"
                + " 'rate_C': '" + text + "', 'until_time_s': 60}]}");

        assertThat(row(protocol, "Procedure_Ends", 1)).endsWith(rate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'method': [{'step': 'impedance_spectroscopy', 'amplitude_V': 0.01}]}",
                "{'method': [{'step': 'constant_current', 'rate_C': 1, 'until_time_s': 60}]}",
                "{'method': [{'step': 'constant_current', 'current_mA': 10}]}",
                "{'method': [{'step': 'constant_current', 'current_mA': 0, 'until_time_s': 60}]}",
                "{'method': [{'step': 'constant_voltage', 'voltage_V': 4}]}",
                "{'method': [{'step': 'open_circuit_voltage'}]}",
                "{'method': [{'step': 'open_circuit_voltage', 'until_time_s': 1}, {'step': 'loop', 'loop_to': 'no',"
                        + " 'cycle_count': 2}]}",
                "{'method': [{'step': 'open_circuit_voltage', 'until_time_s': 1}, {'step': 'loop', 'loop_to': 2,"
                        + " 'cycle_count': 2}]}"
            })
    void a_step_that_cannot_be_done_is_named(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.failure().code()).isEqualTo("procedure.bad_step");
            assertThat(refused.failure().remedy()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'method': []}|procedure.empty",
                "[]|procedure.empty",
                "{'steps': []}|procedure.unknown_form",
                "[[1,2,3]]|procedure.bad_row",
                "[[1,2,3,4,5,6,7,'8']]|procedure.bad_row",
                "[[9,0,-1,60,-1,-1,-1,0]]|procedure.bad_row",
                "[[1.5,0,-1,60,-1,-1,-1,0]]|procedure.bad_row",
                "[[1,1e999,-1,60,-1,-1,-1,0]]|procedure.bad_row",
                "[[1,5,-1,0,-1,-1,-1,0]]|procedure.bad_row",
                "[[7,0,-1,60,-1,-1,-1,0]]|procedure.bad_row",
                "[[3,0,-1,60,-1,-1,-1,0],[5,2,3,1,-1,-1,-1,0]]|procedure.bad_row",
                "[[3,0,-1,60,-1,-1,-1,0],[5,1,0,1,-1,-1,-1,0]]|procedure.bad_row",
                "{'sample': {'capacity_mAh': 'x'}, 'method': [{'step': 'open_circuit_voltage', 'until_time_s': 1}]}"
                        + "|procedure.bad_number",
                "{'method': [{'step': 'constant_current', 'rate_C': 'C/0', 'until_time_s': 1}]}|procedure.bad_number",
                "{'method': [{'step': 'constant_current', 'rate_C': '/3', 'until_time_s': 1}]}|procedure.bad_number"
            })
    void a_document_that_is_no_procedure_is_refused(String text, String code) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo(code));
    }

    @Test
    void a_matrix_of_rows_is_taken_as_it_is() {
        Protocol protocol = read("[[4,-10,-1,60,2.5,-1,-1,0], [5,1,4,1,-1,-1,-1,0]]");

        assertThat(row(protocol, "Procedure", 1)).containsExactly(4.0, -10.0, -1.0, 60.0, 2.5, -1.0, -1.0, 0.0);
        assertThat(row(protocol, "Procedure", 2)).startsWith(5.0, 1.0, 4.0);
    }
}
