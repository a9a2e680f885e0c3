package org.voltwin.model.telemetry;

import java.util.Optional;
import org.voltwin.model.quantity.Unit;

/** Names of variables (CO-06 of the requirements), and what every bench calls them. Numbers of cells start at 01. */
public final class Variables {
    /** Test time since the stream began, s; may jump back when a cycler restarts its clock. */
    public static final String TIME = "Time";

    public static final String CURRENT = "Current_Profile";
    public static final String VOLTAGE = "Cell_Voltage_01";
    /** Of a module or pack; a cell has only {@link #VOLTAGE}. */
    public static final String TERMINAL_VOLTAGE = "Terminal_Voltage";

    public static final String TEMPERATURE = "Cell_Temperature_01";
    public static final String AVERAGE_TEMPERATURE = "Cell_Average_Temperature_01";
    public static final String AMBIENT_TEMPERATURE = "Ambient_Temperature";
    public static final String SOC = "SoC";
    public static final String SOH = "SoH";
    public static final String INTERNAL_RESISTANCE = "Internal_Resistance";
    public static final String CAPACITY = "Capacity";
    public static final String CYCLE = "Cycle";
    public static final String STEP = "Step";
    public static final String SCENARIO = "Scenario";
    /** The documents' mark of an invalid or unconnected signal. */
    public static final double INVALID = -1e9;

    private Variables() {}

    /** The unit a variable of this name has on the wire of the documents, when the name is one of CO-06. */
    public static Optional<Unit> wireUnit(String name) {
        String plain = name.replaceAll("_\\d+$", "");
        return Optional.ofNullable(
                switch (plain) {
                    case "Time" -> Unit.SECOND;
                    case "Current_Profile" -> Unit.AMPERE;
                    case "Cell_Voltage", "Terminal_Voltage" -> Unit.VOLT;
                    case "Cell_Temperature", "Cell_Average_Temperature", "Ambient_Temperature", "Initial_Temperature" ->
                        Unit.CELSIUS;
                    case "Cell_Temperature_Gradient" -> Unit.CELSIUS_DIFFERENCE;
                    case "SoC", "SoH", "Initial_SoC" -> Unit.PERCENT;
                    case "Internal_Resistance" -> Unit.MILLIOHM;
                    case "Capacity" -> Unit.AMPERE_HOUR;
                    case "Cycle", "Step", "Scenario" -> Unit.COUNT;
                    default -> null;
                });
    }
}
