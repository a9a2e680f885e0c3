package org.voltwin.bench.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;

final class MeasurementFileTest {
    /** Rows 721 to 723 of SINTEF's rate test (battery-data-alliance/battery-data-format, docs/examples, Apache-2.0). */
    private static final String BDF = """
            test_time_second,voltage_volt,current_ampere,cycle_count,step_index,power_watt,temperature_t1_celsius
            7190.000,3.8131,0.0000,1,1,0.0000,26.1
            7200.000,3.8131,0.0000,1,1,0.0000,26.1
            0.000,3.8133,2.1800,1,2,8.3130,26.1
            """;

    /** The head, a discharging and a charging row of a Maccor export (jepegit/cellpy testdata, MIT), fewer columns. */
    private static final String MACCOR = """
            Today's Date:\t14 December 2020\tDate of Test:\t11 December 2020, 12:22:12 PM
                Filename:\tM50_Validation_0deg_01\tTester Channel:\t1
            Procedure:\tM50_Validation.000\tDescription:
            Rec#\tCyc#\tStep\tTestTime\tStepTime\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt Time\tAux #1\t Units\tVAR1
            1\t0\t1\t  0d 00:00:0\t  0d 00:00:0\t0.00000\t0.00000\t0.00000\t3.46250\tR\t0\t12/11/2020 12:22:12\t-2501.71411\t C  \t0.00000
            3\t0\t2\t  0d 00:00:5.05000019073486\t  0d 00:00:0.0500000007450581\t0.00000\t0.00002\t0.50401\t3.41627\tD\t0\t12/11/2020 12:22:17\t-2501.84326\t C  \t0.00000
            5997\t0\t20\t  1d 21:49:49.5800018310547\t  0d 02:00:30.0300006866455\t1.08794\t4.56934\t0.13595\t4.19997\tC\t1\t12/13/2020 10:12:10\t-2501.71411\t C  \t0.00000
            """;

    /** The head and two rows of an Arbin export (TRI-AMDD/beep tests, Apache-2.0). */
    private static final String ARBIN_HEADER =
            "Data_Point,Test_Time,DateTime,Step_Time,Step_Index,Cycle_Index,Current,Voltage,Charge_Capacity,"
                    + "Discharge_Capacity,Charge_Energy,Discharge_Energy,dV/dt,Internal_Resistance,Temperature\n";

    private static final String ARBIN_ROW_1 =
            "1,0.6929,1494377253.8629,,,,6.600467681884766,3.3086886405944824,0.0051783411763608456,0.0,"
                    + "0.016939742490649223,0.0,0.01660442352294922,0.0,25.174373626708984\n";
    private static final String ARBIN_ROW_2 =
            "2,1.4328,1494377254.6028,,,,6.6005706787109375,3.318721294403076,0.0078097376972436905,0.0,"
                    + "0.025646694004535675,0.0,0.014017105102539062,0.0,25.174373626708984\n";

    @TempDir
    private Path folder;

    @Test
    void batteryDataFormatNamesSayQuantityAndUnit() throws Exception {
        try (MeasurementFile file = open(BDF).orThrow()) {
            assertThat(file.format()).isEqualTo(MeasurementFormat.BDF);
            assertThat(file.columns())
                    .extracting(Column::name, Column::unit, Column::direction)
                    .containsExactly(
                            tuple("Time", Unit.SECOND, Direction.OUTPUT),
                            tuple("Cell_Voltage_01", Unit.VOLT, Direction.OUTPUT),
                            tuple("Current_Profile", Unit.AMPERE, Direction.INPUT),
                            tuple("Cycle", Unit.COUNT, Direction.OUTPUT),
                            tuple("Step", Unit.COUNT, Direction.OUTPUT),
                            tuple("power_watt", Unit.WATT, Direction.OUTPUT),
                            tuple("Cell_Temperature_01", Unit.CELSIUS, Direction.OUTPUT));
            assertThat(rows(file))
                    .as("the time axis that jumps back is kept")
                    .containsExactly(
                            List.of(7190.0, 3.8131, 0.0, 1.0, 1.0, 0.0, 26.1),
                            List.of(7200.0, 3.8131, 0.0, 1.0, 1.0, 0.0, 26.1),
                            List.of(0.0, 3.8133, 2.18, 1.0, 2.0, 8.313, 26.1));
            assertThat(file.findings()).isEmpty();
        }
    }

    @Test
    void batteryDataFormatIsAlsoReadByItsLabels() throws Exception {
        try (MeasurementFile file =
                open("Test Time / s,Voltage / V,Current / A,Ambient Temperature / degC,Remark\n1,3.7,,25,fine\n")
                        .orThrow()) {
            assertThat(file.columns())
                    .extracting(Column::name)
                    .containsExactly("Time", "Cell_Voltage_01", "Current_Profile", "Ambient_Temperature");
            assertThat(file.next()).containsExactly(1.0, 3.7, null, 25.0);
            assertThat(file.findings())
                    .extracting(Finding::code)
                    .containsExactlyInAnyOrder("measurement.column_left_out", "measurement.no_value");
        }
    }

    @Test
    void maccorStatesGiveTheCurrentItsSign() throws Exception {
        try (MeasurementFile file = open(MACCOR).orThrow()) {
            assertThat(file.format()).isEqualTo(MeasurementFormat.MACCOR);
            assertThat(names(file))
                    .containsExactly(
                            "Rec#",
                            "Cycle",
                            "Step",
                            "Time",
                            "StepTime",
                            "Amp-hr",
                            "Watt-hr",
                            "Current_Profile",
                            "Cell_Voltage_01",
                            "ES",
                            "Cell_Temperature_01");
            List<List<Double>> rows = rows(file);
            int current = names(file).indexOf("Current_Profile");
            assertThat(rows).extracting(row -> row.get(current)).containsExactly(0.0, -0.50401, 0.13595);
            assertThat(rows)
                    .extracting(row -> row.get(3))
                    .containsExactly(0.0, 5.05000019073486, 86_400 + 21 * 3_600 + 49 * 60 + 49.5800018310547);
            assertThat(rows.getFirst().getLast())
                    .as("an impossible temperature is told as it is")
                    .isEqualTo(-2501.71411);
        }
    }

    @Test
    void maccorCurrentInAnUnknownStateHasNoSign() throws Exception {
        String text = MACCOR.replace("0.50401\t3.41627\tD", "0.50401\t3.41627\tX");

        try (MeasurementFile file = open(text).orThrow()) {
            int current = names(file).indexOf("Current_Profile");
            assertThat(rows(file)).extracting(row -> row.get(current)).containsExactly(0.0, null, 0.13595);
            assertThat(file.findings())
                    .extracting(Finding::text)
                    .contains("Column Current_Profile has no value in 1 of 3 rows.");
        }
    }

    @Test
    void maccorUnitThatChangesIsRefused() throws Exception {
        String text = MACCOR.replace("-2501.84326\t C  ", "-2501.84326\t V  ");

        try (MeasurementFile file = open(text).orThrow()) {
            file.next();
            assertThatThrownBy(file::next).hasMessageContaining("line 6").hasMessageContaining("Aux #1");
        }
    }

    @Test
    void arbinRowsUnderTheirHeaderAreRead() throws Exception {
        try (MeasurementFile file =
                open(ARBIN_HEADER + ARBIN_ROW_1 + ARBIN_ROW_2).orThrow()) {
            assertThat(file.format()).isEqualTo(MeasurementFormat.ARBIN);
            List<Double> row = rows(file).getFirst();
            assertThat(row.get(names(file).indexOf("Cell_Voltage_01"))).isEqualTo(3.3086886405944824);
            assertThat(row.get(names(file).indexOf("Current_Profile"))).isEqualTo(6.600467681884766);
            assertThat(row.get(names(file).indexOf("Cell_Temperature_01"))).isEqualTo(25.174373626708984);
            assertThat(file.findings()).extracting(Finding::code).doesNotContain("measurement.columns_shifted");
        }
    }

    @Test
    void arbinRowsBesideTheirHeaderAreReadWithAFinding() throws Exception {
        // A row number in front of every row, as exports through a data frame have, and none in the header.
        String shifted = ARBIN_HEADER + "a," + ARBIN_ROW_1 + "b," + ARBIN_ROW_2;

        try (MeasurementFile file = open(shifted).orThrow()) {
            List<Double> row = rows(file).getFirst();
            assertThat(row.get(names(file).indexOf("Cell_Voltage_01"))).isEqualTo(3.3086886405944824);
            assertThat(file.findings())
                    .extracting(Finding::text)
                    .contains("The rows stand 1 column to the right of their header and are read so.");
        }
    }

    @Test
    void arbinRowsThatFitNowhereAreRefused() throws Exception {
        // Voltage and capacity swapped with the time: no shift explains it.
        String nonsense = ARBIN_HEADER + ARBIN_ROW_1.replace("3.3086886405944824", "1494377253.8629") + ARBIN_ROW_2;

        assertThat(failure(open(nonsense)).code()).isEqualTo("measurement.columns_inconsistent");
        assertThat(failure(open(nonsense)).cause()).contains("'voltage' is 1.4943772538629E9 V");
    }

    @Test
    void aGenericTableIsReadThroughAMapping() throws Exception {
        // Two rows of uw-mad-dash/Battery-SoC-Estimation (Apache-2.0), where a positive current discharges.
        Path mapping = Files.writeString(folder.resolve("mapping.json"), """
                {"columns": [
                  {"from": "Time [s]", "name": "Time", "unit": "s"},
                  {"from": "Voltage [V]", "name": "Cell_Voltage_01", "unit": "V"},
                  {"from": "Current [A]", "name": "Current_Profile", "unit": "A", "factor": -1, "direction": "input"},
                  {"from": "SOC [%]", "name": "SoC", "unit": "%"}]}
                """);
        Path table = Files.writeString(folder.resolve("table.csv"), """
                Voltage [V],Current [A],AhStep [Ah],TempBottom [C],CRate [-],SOC [%],Cycle [-],Time [s]
                4.065840000000001,5.44958,0.0015199999999999,23.19666,1,85.59,17,114434
                """);

        try (MeasurementFile file = MeasurementFile.open(table, Optional.empty(), Optional.of(mapping))
                .orThrow()) {
            assertThat(file.format()).isEqualTo(MeasurementFormat.GENERIC);
            assertThat(rows(file)).containsExactly(List.of(114434.0, 4.065840000000001, -5.44958, 85.59));
        }
    }

    @Test
    void whatIsWrongIsNamedWithFileLineAndColumn() throws Exception {
        assertThat(failureOfRows(BDF.replace("3.8133", "3,8133")).cause())
                .isEqualTo("measurement.txt, line 4: the row has 8 fields, but the header has 7 columns.");
        assertThat(failureOfRows(BDF.replace("3.8133", "high")).cause())
                .isEqualTo("measurement.txt, line 4: column 'voltage_volt' has 'high', which is not a number.");
        assertThat(failureOfRows(BDF.substring(0, BDF.length() - 8)).code()).isEqualTo("measurement.wrong_field_count");
        assertThat(failure(open("a,b\n1,2\n")).code()).isEqualTo("measurement.unknown_format");
        assertThat(failure(open("")).code()).isEqualTo("measurement.no_rows");
        assertThat(failure(MeasurementFile.open(folder.resolve("none"), Optional.empty(), Optional.empty()))
                        .code())
                .isEqualTo("measurement.no_such_file");
    }

    private Failure failureOfRows(String text) throws IOException {
        try (MeasurementFile file = open(text).orThrow()) {
            rows(file);
            throw new AssertionError("nothing was refused");
        } catch (org.voltwin.model.failure.RefusedException e) {
            return e.failure();
        }
    }

    private static Failure failure(Outcome<MeasurementFile> outcome) {
        return ((Outcome.Refused<MeasurementFile>) outcome).failure();
    }

    private Outcome<MeasurementFile> open(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("measurement.txt"), text);
        return MeasurementFile.open(file, Optional.empty(), Optional.empty());
    }

    private static List<String> names(MeasurementFile file) {
        return file.columns().stream().map(Column::name).toList();
    }

    private static List<List<Double>> rows(MeasurementFile file) {
        List<List<Double>> rows = new ArrayList<>();
        for (List<Double> row = file.next(); row != null; row = file.next()) {
            rows.add(row);
        }
        return rows;
    }
}
