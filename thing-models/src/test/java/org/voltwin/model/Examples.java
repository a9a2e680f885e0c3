package org.voltwin.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voltwin.model.design.ExperimentDesign;
import org.voltwin.model.design.Factor;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;
import org.voltwin.model.quantity.Unit;
import org.voltwin.model.run.Booking;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunResult;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.SimulationFolder;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;
import org.voltwin.model.telemetry.Direction;
import org.voltwin.model.telemetry.Variables;

/** Examples that tests of all rooms share (in the test jar). */
public final class Examples {
    public static final UUID RUN = UUID.fromString("c61da39a-ace5-4f92-ad76-9a64516dc84d");
    public static final Instant T0 = Instant.parse("2026-11-23T09:00:00Z");

    private Examples() {}

    public static UnitUnderTest cell() {
        return new UnitUnderTest(
                "GEN3B-CELL-01", Generation.GEN3B, Level.CELL, TwinId.of("org.voltwin:cell-GEN3B-CELL-01"));
    }

    /** 5 Ah is LG's nominal capacity of the INR21700 M50; limits from its data sheet. */
    public static TestProcedure capacityProcedure() {
        return new TestProcedure(
                "Capacity",
                5.0,
                new SafetyLimits(2.5, 4.2, 60, 15),
                List.of(
                        ProcedureStep.charge(0.3, 4.2, 14_400),
                        ProcedureStep.hold(4.2, 0.05, 7200),
                        ProcedureStep.rest(600),
                        ProcedureStep.discharge(1, 2.5, 5400)),
                10);
    }

    public static TestRequest request() {
        return new TestRequest(
                RUN,
                "TR-2026-000001",
                cell(),
                UseCase.AUTOMOTIVE,
                "IEC62660",
                "Capacity",
                BenchKind.VIRTUAL,
                T0.plusSeconds(3600),
                "erin",
                "Erin Engineer",
                T0,
                capacityProcedure(),
                List.of(new Factor(Scenario.AMBIENT_TEMPERATURE, Unit.CELSIUS, 10, 40, 2)));
    }

    public static RunState.Requested requested() {
        return new RunState.Requested(request(), T0);
    }

    public static ModelSelection models() {
        return new ModelSelection(
                "performance-ageing/cell/gen3b/physics-based/LgM50",
                "1.0.0",
                List.of(new ModelFile("battery.fmu", "m/battery.fmu", "0".repeat(64), 10)));
    }

    public static ExperimentDesign design() {
        return new ExperimentDesign(
                "full-factorial",
                request().factors(),
                List.of(
                        new Scenario(1, Map.of(Scenario.AMBIENT_TEMPERATURE, 10.0)),
                        new Scenario(2, Map.of(Scenario.AMBIENT_TEMPERATURE, 40.0))),
                2,
                "two runs are the whole design space");
    }

    public static RunState.Scheduled scheduled() {
        return requested()
                .modelled(models(), T0.plusSeconds(1))
                .delivered(new Delivery(RUN.toString(), List.of("battery.fmu"), List.of()), T0.plusSeconds(2))
                .validated(
                        new SimulationFolder("f", "f/fastest-models/fmus", "f/doe-input", List.of("battery.fmu"), 1),
                        T0.plusSeconds(3))
                .designed(design(), T0.plusSeconds(4))
                .scheduled(
                        new Booking(
                                TwinId.of("org.voltwin:bench-virtual-01"),
                                BenchKind.VIRTUAL,
                                1,
                                T0.plusSeconds(10),
                                T0.plusSeconds(10),
                                T0.plusSeconds(70),
                                T0.plusSeconds(70),
                                "free then",
                                "f/schedule-output/schedule.json"),
                        T0.plusSeconds(5));
    }

    public static RunState.Completed completed() {
        return scheduled()
                .running(T0.plusSeconds(10))
                .completed(
                        new RunResult(
                                RUN.toString(),
                                100,
                                List.of(new Column(Variables.VOLTAGE, Unit.VOLT, Direction.OUTPUT)),
                                Map.of("dischargedAmpereHours", 4.9)),
                        T0.plusSeconds(60));
    }
}
