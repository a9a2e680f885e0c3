package org.voltwin.cosim.worker;

import java.util.List;

/** Names of the virtual cycler's {@code Stop_Reason}, as its model description lists them. */
final class StopReason {
    private static final List<String> NAMES = List.of(
            "none",
            "procedureDone",
            "lowVoltage",
            "highVoltage",
            "highTemperature",
            "lowTemperature",
            "lowSoc",
            "highSoc",
            "charge",
            "energy",
            "time",
            "lowCellVoltage",
            "highCellVoltage");

    private StopReason() {}

    static String name(int reason) {
        return reason >= 0 && reason < NAMES.size() ? NAMES.get(reason) : "other" + reason;
    }
}
