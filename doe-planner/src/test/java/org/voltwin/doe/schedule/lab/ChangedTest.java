package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;

/** A test like another one but for what is changed. */
final class ChangedTest {
    private final LabTest from;
    private double currentAmperes;
    private double minFidelity;
    private Set<String> capabilities;
    private Duration setUp;
    private Duration run;
    private @Nullable Instant preferred;
    private @Nullable Instant due;
    private int weight;
    private List<String> after;
    private @Nullable String wholePlot;

    private ChangedTest(LabTest from) {
        this.from = from;
        currentAmperes = from.currentAmperes();
        minFidelity = from.minFidelity();
        capabilities = from.capabilities();
        setUp = from.setUp();
        run = from.run();
        preferred = from.preferred();
        due = from.due();
        weight = from.weight();
        after = from.after();
        wholePlot = from.wholePlot();
    }

    static ChangedTest of(LabTest from) {
        return new ChangedTest(from);
    }

    ChangedTest amperes(double value) {
        currentAmperes = value;
        return this;
    }

    ChangedTest minFidelity(double value) {
        minFidelity = value;
        return this;
    }

    ChangedTest capabilities(Set<String> value) {
        capabilities = value;
        return this;
    }

    ChangedTest setUp(Duration value) {
        setUp = value;
        return this;
    }

    ChangedTest run(Duration value) {
        run = value;
        return this;
    }

    ChangedTest preferred(@Nullable Instant value) {
        preferred = value;
        return this;
    }

    ChangedTest due(@Nullable Instant value) {
        due = value;
        return this;
    }

    ChangedTest weight(int value) {
        weight = value;
        return this;
    }

    ChangedTest after(List<String> value) {
        after = value;
        return this;
    }

    ChangedTest wholePlot(@Nullable String value) {
        wholePlot = value;
        return this;
    }

    LabTest test() {
        return new LabTest(
                from.id(),
                from.level(),
                from.kind(),
                capabilities,
                currentAmperes,
                from.powerWatts(),
                from.temperatureCelsius(),
                minFidelity,
                setUp,
                run,
                from.tearDown(),
                from.release(),
                preferred,
                due,
                weight,
                after,
                wholePlot);
    }
}
