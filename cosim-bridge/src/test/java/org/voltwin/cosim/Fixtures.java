package org.voltwin.cosim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.voltwin.cosim.library.ModelsFolder;
import org.voltwin.model.TwinId;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.ProcedureStep;
import org.voltwin.model.procedure.SafetyLimits;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.procedure.TestProcedure;

/** Orders and the built-in model for tests. */
public final class Fixtures {
    public static final String MODEL = "performance-ageing/cell/gen3b/physics-based/LgM50_1.1.0";
    public static final UnitUnderTest CELL =
            new UnitUnderTest("GEN3B-CELL-01", Generation.GEN3B, Level.CELL, new TwinId("org.voltwin:cell-GEN3B-01"));

    private Fixtures() {}

    /** The built-in model's folder, installed below a temp folder. */
    public static Path model(Path temp) throws IOException {
        Path root = temp.resolve("exchange");
        new ModelsFolder(root);
        return root.resolve(MODEL);
    }

    public static BenchOrder order(double sampleSeconds, Map<String, Double> parameters, ProcedureStep... steps) {
        return order(sampleSeconds, List.of(new Scenario(1, parameters)), 1e9, steps);
    }

    public static BenchOrder order(
            double sampleSeconds, List<Scenario> scenarios, double speed, ProcedureStep... steps) {
        UUID run = UUID.randomUUID();
        return new BenchOrder(
                run,
                new TwinId("org.voltwin:bench-virtual-01"),
                CELL,
                UseCase.AUTOMOTIVE,
                new TestProcedure("Capacity", 5, new SafetyLimits(2.5, 4.2, 60, 15), List.of(steps), sampleSeconds),
                scenarios,
                "fastest_simulation_20261121_" + run,
                speed);
    }
}
