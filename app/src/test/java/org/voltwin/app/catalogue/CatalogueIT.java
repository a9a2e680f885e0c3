package org.voltwin.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voltwin.cosim.bench.CellObserver;
import org.voltwin.cosim.bench.CellSimulation;
import org.voltwin.cosim.library.ModelsFolder;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.lims.catalogue.ProcedurePlan;
import org.voltwin.lims.catalogue.Procedures;
import org.voltwin.model.TwinId;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.lab.BenchKind;
import org.voltwin.model.lab.Generation;
import org.voltwin.model.lab.Level;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.lab.UseCase;
import org.voltwin.model.port.BenchOrder;
import org.voltwin.model.procedure.Scenario;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;
import org.voltwin.model.telemetry.Column;

/**
 * The whole catalogue of tests against the procedures and the models that come with this version: each test runs on a
 * virtual bench at each of its levels, or says that it needs a physical one. {@code -Dvoltwin.catalogue=all} simulates
 * every procedure (minutes); otherwise one of each level and generation is.
 */
final class CatalogueIT {
    private static final Procedures PROCEDURES = Procedures.standard();

    /** Mechanical, chemical, and of the insulation: nothing that a model of cells could show. */
    private static final Set<String> PHYSICAL = Set.of(
            "Crush",
            "Impact",
            "Shock",
            "Vibration",
            "Altitude simulation",
            "Projectile",
            "Mechanical shock",
            "Drop",
            "Dielectric voltage withstand",
            "Continuity",
            "Static force",
            "Drop impact",
            "Mold stress",
            "Pressure release",
            "Moisture resistance",
            "Salt fog",
            "External fire exposure",
            "Grounding and bonding",
            "Insulation resistance",
            "Electromagnetic immunity",
            "Enclosure",
            "T1 altitude simulation",
            "T3 vibration",
            "T4 shock",
            "T6 impact / crush",
            "T-1 altitude simulation",
            "T-3 vibration",
            "T-4 shock",
            "T-6 impact / crush",
            "Packaging drop");

    /** What the solid-state models know nothing of: ageing, self-discharge, abuse. */
    private static final Set<String> NOT_SOLID = Set.of(
            "Cycle life",
            "Storage",
            "No-load SOC loss",
            "SOC loss at storage",
            "Abnormal charging",
            "Forced discharge",
            "T8 forced discharge",
            "T-8 forced discharge",
            "Short circuit",
            "External short circuit",
            "T5 external short circuit",
            "T-5 external short circuit",
            "Internal short circuit",
            "Heating",
            "High-temperature endurance",
            "Thermal abuse",
            "Propagation",
            "Single cell failure tolerance");

    @TempDir
    private Path temp;

    private record Row(String standard, Level level, String test) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Procedures.class.getResourceAsStream("applicability.csv")) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.startsWith("standard,")) {
                    String[] columns = line.split(",");
                    for (String level : columns[1].split(";")) {
                        rows.add(new Row(columns[0], Level.of(level), columns[2]));
                    }
                }
            }
        }
        return rows;
    }

    private static UnitUnderTest unit(Generation generation, Level level) {
        return new UnitUnderTest("UNIT-01", generation, level, new TwinId("org.voltwin:" + level.id() + "-UNIT-01"));
    }

    private static Outcome<ModelSelection> select(ModelsFolder models, Row row, Generation generation) {
        Instant now = Instant.parse("2026-11-21T06:00:00Z");
        return models.select(new TestRequest(
                new UUID(0, 1),
                "TR-2026-000001",
                unit(generation, row.level()),
                UseCase.AUTOMOTIVE,
                row.standard(),
                row.test(),
                BenchKind.VIRTUAL,
                now,
                "eva",
                "Eva",
                now,
                null,
                List.of()));
    }

    @Test
    void everyTestHasAProcedureAndAModelOrNeedsAPhysicalBench() throws IOException {
        ModelsFolder models = new ModelsFolder(temp.resolve("models"));
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(120);
        int simulated = 0;
        for (Row row : rows) {
            Optional<ProcedurePlan> plan = PROCEDURES.find(row.standard(), row.test(), row.level());
            assertThat(plan.isPresent()).as(row.toString()).isNotEqualTo(PHYSICAL.contains(row.test()));
            for (Generation generation : Generation.values()) {
                boolean overchargeOfCell = row.test().equals("Overcharge") && row.level() == Level.CELL;
                boolean known = generation == Generation.GEN3B || !NOT_SOLID.contains(row.test()) && !overchargeOfCell;
                if (plan.isPresent()) {
                    assertThat(select(models, row, generation) instanceof Outcome.Ok)
                            .as("%s %s", generation, row)
                            .isEqualTo(known);
                    simulated += known ? 1 : 0;
                }
            }
        }
        System.out.println("Catalogue: " + rows.size() + " tests by level, " + simulated + " of " + 2 * rows.size()
                + " by generation run on virtual benches");
    }

    @Test
    void proceduresRunToTheirEndOnTheirModels() throws Exception {
        boolean all = "all".equals(System.getProperty("voltwin.catalogue"));
        ModelsFolder models = new ModelsFolder(temp.resolve("models"));
        Set<String> seen = new HashSet<>();
        Map<String, String> failed = new TreeMap<>();
        int ran = 0;
        for (Row row : rows()) {
            for (Generation generation : Generation.values()) {
                Optional<ProcedurePlan> plan = PROCEDURES.find(row.standard(), row.test(), row.level());
                String what = all
                        ? generation + " " + row.level() + " "
                                + plan.map(CatalogueIT::content).orElse("")
                        : generation + " " + row.level();
                if (plan.isPresent()
                        && select(models, row, generation) instanceof Outcome.Ok<ModelSelection> ok
                        && seen.add(what)) {
                    long begun = System.nanoTime();
                    Path folder = temp.resolve("models")
                            .resolve(ok.value().name() + "_" + ok.value().version());
                    Seen result = simulate(plan.get(), folder, generation, row.level());
                    ran++;
                    String line = "%s %s: %s, %d rows, %.1f s of test time, %d ms %s"
                            .formatted(
                                    generation,
                                    row,
                                    ok.value().name(),
                                    result.rows,
                                    result.time,
                                    (System.nanoTime() - begun) / 1_000_000,
                                    result.problem());
                    if (all) {
                        System.out.println(line);
                    }
                    if (!result.problem().isEmpty()) {
                        failed.put(generation + " " + row, result.problem());
                    }
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(ran).isGreaterThanOrEqualTo(6);
    }

    /** Tests that share a procedure are one simulation; its name is the test's. */
    private static String content(ProcedurePlan plan) {
        return plan.procedure().steps() + " " + plan.fixed() + " "
                + plan.procedure().limits();
    }

    private Seen simulate(ProcedurePlan plan, Path models, Generation generation, Level level) throws Exception {
        Map<String, Double> parameters = new TreeMap<>(plan.fixed());
        plan.factors().forEach(factor -> parameters.put(factor.name(), (factor.low() + factor.high()) / 2));
        BenchOrder order = new BenchOrder(
                UUID.randomUUID(),
                new TwinId("org.voltwin:bench-virtual-01"),
                unit(generation, level),
                UseCase.AUTOMOTIVE,
                plan.procedure(),
                List.of(new Scenario(1, parameters)),
                "fastest_simulation",
                Double.POSITIVE_INFINITY);
        Seen seen = new Seen();
        WorkerLimits limits = new WorkerLimits(512L << 20, Duration.ofMinutes(3), 2);
        Path work = Files.createDirectories(temp.resolve("work"));
        try (Simulation simulation =
                CellSimulation.start(order, models, work, limits, Double.POSITIVE_INFINITY, seen)) {
            simulation.await();
        }
        return seen;
    }

    private static final class Seen implements CellObserver {
        private List<Column> columns = List.of();
        private long rows;
        private double time;
        private @Nullable Failure failure;
        private String odd = "";

        @Override
        public void columns(List<Column> given) {
            columns = given;
        }

        @Override
        public void row(CellRow row) {
            rows++;
            time = row.timeSeconds();
            for (int i = 0; i < row.values().length; i++) {
                if (!Double.isFinite(row.values()[i])) {
                    odd = columns.get(i).name() + " is " + row.values()[i] + " at " + time + " s";
                }
            }
        }

        @Override
        public void done(long count, Map<String, Double> summary) {}

        @Override
        public void broken(Failure cause) {
            failure = cause;
        }

        String problem() {
            return Stream.of(failure == null ? "" : failure.inOneLine(), odd, rows < 2 ? "only " + rows + " rows" : "")
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }
}
