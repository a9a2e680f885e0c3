package org.voltwin.model.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents' output message (D6.3 figure 3, requirement CO-05): on {@code LIMS/metrics/<bench>/simulation_metrics}
 * from virtual benches, on {@code LIMS/metrics/<bench>/physical_metrics} from physical ones.
 * All variables of one message have the same time stamps. Units are the documents' ({@link Variables#wireUnit}).
 *
 * @param testUuid the run
 * @param testUut code of the unit under test
 * @param testBench {@code Virtual} or {@code Physical}
 * @param sequence Voltwin's addition: sequence number of the first time stamp in the stream; null from others
 * @param totalRows Voltwin's addition: number of rows of the stream, in its last message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultMessage(
        @JsonProperty("test_name") String testName,
        @JsonProperty("test_type") @Nullable String testType,
        @JsonProperty("test_UUID") UUID testUuid,
        @JsonProperty("test_UUT") String testUut,
        @JsonProperty("test_bench") String testBench,
        @JsonProperty("use_case") String useCase,
        @JsonProperty("sequence") @Nullable Long sequence,
        @JsonProperty("total_rows") @Nullable Long totalRows,
        @JsonProperty("variables") List<Variable> variables) {
    /** A variable's values. */
    public record Variable(String name, String type, String unit, List<TimedValue> values) {}

    /**
     * One value.
     *
     * @param timestamp test time, s
     */
    public record TimedValue(double timestamp, double value) {}

    public ResultMessage {
        variables = List.copyOf(variables);
    }
}
