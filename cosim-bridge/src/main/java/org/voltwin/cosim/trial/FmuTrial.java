package org.voltwin.cosim.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.FmuCheck;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;
import org.voltwin.cosim.worker.RowObserver;
import org.voltwin.cosim.worker.Simulation;
import org.voltwin.cosim.worker.SimulationPlan;
import org.voltwin.cosim.worker.WorkerLimits;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.port.ModelInspector.Finding;

/** Runs FMUs for one step each, in a worker behind the walls and limits of every run. */
public final class FmuTrial {
    private static final WorkerLimits USUAL = new WorkerLimits(512L << 20, Duration.ofSeconds(30), 1);

    private FmuTrial() {}

    /** All findings of {@link FmuCheck}, and of a trial of each FMU that has no error so far. Blocks. */
    public static List<Finding> check(List<Path> files) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>(FmuCheck.check(files));
        for (Path fmu : fmus(files)) {
            String name = String.valueOf(fmu.getFileName());
            if (findings.stream().noneMatch(finding -> finding.error() && isOn(finding, name))) {
                findings.addAll(of(fmu, USUAL));
            }
        }
        return List.copyOf(findings);
    }

    private static boolean isOn(Finding finding, String name) {
        return finding.place().equals(name) || finding.place().startsWith(name + ":");
    }

    private static List<Path> fmus(List<Path> files) throws IOException {
        List<Path> fmus = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> all = Files.list(file)) {
                    all.filter(FmuTrial::isFmu).sorted().forEach(fmus::add);
                }
            } else if (isFmu(file)) {
                fmus.add(file);
            }
        }
        return fmus;
    }

    private static boolean isFmu(Path file) {
        return Files.isRegularFile(file)
                && file.toString().toLowerCase(Locale.ROOT).endsWith(".fmu");
    }

    /** What a trial finds: nothing, or why the FMU does not start. */
    static List<Finding> of(Path fmu, WorkerLimits limits) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("voltwin-trial-");
        Findings findings = new Findings(String.valueOf(fmu.getFileName()));
        try {
            Path models = Files.createDirectory(folder.resolve("models"));
            Files.copy(fmu, models.resolve(String.valueOf(fmu.getFileName())));
            Path work = folder.resolve("work");
            double step = UsualStep.seconds(fmu);
            SimulationPlan plan = new SimulationPlan(
                    work.resolve("fmus").toString(),
                    List.of(new SimulationPlan.ScenarioPlan(1, step, Map.of(), Map.of(), null)),
                    step,
                    step);
            Outcome outcome = new Outcome();
            try (Simulation simulation = Simulation.start(plan, models, work, limits, outcome, "trial")) {
                simulation.await();
            }
            outcome.report(step, findings);
        } finally {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
        return findings.list();
    }

    /** How far it came. */
    private static final class Outcome implements RowObserver {
        private boolean initialised;
        private @Nullable Failure failure;

        @Override
        public void signals(List<Signal> signals) {
            // Which signals there are says nothing about whether it runs.
        }

        @Override
        public void row(Row row) {
            initialised = true;
        }

        @Override
        public void done(long rows, Map<String, Double> summary) {
            initialised = true;
        }

        @Override
        public void broken(Failure cause) {
            failure = cause;
        }

        void report(double stepSeconds, Findings findings) {
            Failure why = failure;
            if (why == null) {
                return;
            }
            if (initialised && !why.code().equals("fmu.memory")) {
                findings.warning(
                        Category.ERRONEOUS,
                        "trial.step",
                        "",
                        "It starts, but its first step of " + stepSeconds
                                + " s with inputs at their start values fails (" + why.code() + "): " + why.cause(),
                        "Give it inputs and parameters that it accepts, or another --step.");
            } else {
                findings.error(
                        Category.ERRONEOUS,
                        "trial." + why.code().replaceFirst("^fmu\\.", ""),
                        "",
                        "It does not start: " + why.cause(),
                        why.remedy());
            }
        }
    }
}
