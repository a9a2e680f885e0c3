package org.voltwin.doe.schedule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.doe.schedule.formats.FjspText;
import org.voltwin.doe.schedule.formats.PsplibText;
import org.voltwin.doe.schedule.project.ProjectPlanner;
import org.voltwin.doe.schedule.shop.ShopPlanner;

/** Instances with published optima. They are not part of the repository: VOLTWIN_INSTANCES names their folder. */
class KnownInstancesTest {
    private static final SearchLimits LIMITS = new SearchLimits(Duration.ofSeconds(10), 2, 1);

    /** A proof takes tenths of a second; a busy machine may take minutes over it. */
    private static final SearchLimits UNTIL_PROVED = new SearchLimits(Duration.ofSeconds(60), 2, 1);

    private static String read(String name) throws IOException {
        String folder = System.getenv().getOrDefault("VOLTWIN_INSTANCES", "/work/shared/instances");
        Path file = Path.of(folder, name);
        assumeThat(file)
                .as("set VOLTWIN_INSTANCES to the folder that holds %s", name)
                .isRegularFile();
        return Files.readString(file);
    }

    /** Brandimarte 1993; mk03's and mk04's optima are proved in seconds. */
    @ParameterizedTest
    @CsvSource({"mk03,204", "mk04,60"})
    void reachesAndNeverBeatsFlexibleJobShops(String name, long optimum) throws IOException {
        SearchResult<?> result =
                ShopPlanner.plan(FjspText.read(read("fjsp/" + name + ".txt")).orThrow(), LIMITS, event -> {});

        assertThat(result.objective()).isBetween(optimum, optimum + 1);
        assertThat(result.lowerBound()).isLessThanOrEqualTo(optimum);
    }

    /** PSPLIB j30. */
    @ParameterizedTest
    @CsvSource({"j301_2,47", "j301_3,47", "j301_4,62", "j301_5,39", "j301_6,48"})
    void provesProjects(String name, long optimum) throws IOException {
        SearchResult<?> result = ProjectPlanner.plan(
                PsplibText.read(read("rcpsp/" + name + ".sm")).orThrow(), UNTIL_PROVED, event -> {});

        assertThat(result.objective()).isEqualTo(optimum);
        assertThat(result.isOptimal()).isTrue();
    }
}
