package org.voltwin.lims.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voltwin.lims.storage.LaboratoryStorage;
import org.voltwin.model.Examples;
import org.voltwin.model.port.ModelInspector;
import org.voltwin.model.port.StageOutcome;
import org.voltwin.model.run.Delivery;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.RunState;
import org.voltwin.model.run.SimulationFolder;

class DataProcessorStageTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T01:00:00Z"), ZoneOffset.UTC);
    private static final Map<String, byte[]> CONTENT = Map.of(
            "battery.fmu", "battery".getBytes(UTF_8),
            "cycler.fmu", "cycler".getBytes(UTF_8),
            "connections.json", "[]".getBytes(UTF_8));
    private static final String FOLDER = "fastest_simulation_20261123_" + Examples.RUN;

    @TempDir
    private Path root;

    private LaboratoryStorage storage;
    private RunState.Delivered state;
    private List<ModelInspector.Finding> findings = List.of();

    @BeforeEach
    void deliver() throws Exception {
        storage = new LaboratoryStorage(root);
        List<ModelFile> files = List.of(file("battery.fmu"), file("cycler.fmu"), file("connections.json"));
        state = Examples.requested()
                .modelled(new ModelSelection("m", "1.0.0", files), Examples.T0.plusSeconds(1))
                .delivered(new Delivery(Examples.RUN.toString(), List.of(), List.of()), Examples.T0.plusSeconds(2));
        Files.createDirectories(pool());
        for (var entry : CONTENT.entrySet()) {
            Files.write(pool().resolve(entry.getKey()), entry.getValue());
        }
    }

    private static ModelFile file(String name) throws Exception {
        byte[] content = CONTENT.get(name);
        return new ModelFile(
                name,
                "m/" + name,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                content.length);
    }

    private Path pool() {
        return root.resolve("pool").resolve(Examples.RUN.toString());
    }

    private Path models() {
        return root.resolve(FOLDER).resolve("fastest-models");
    }

    private StageOutcome perform() {
        return new DataProcessorStage(storage, folder -> findings, CLOCK).perform(state);
    }

    private static String code(StageOutcome outcome) {
        return outcome instanceof StageOutcome.Fail fail ? fail.failure().code() : outcome.toString();
    }

    private void assertDone(StageOutcome outcome) {
        SimulationFolder expected = new SimulationFolder(
                FOLDER,
                FOLDER + "/fastest-models/fmus",
                FOLDER + "/doe-input",
                List.of("battery.fmu", "connections.json", "cycler.fmu"),
                2);
        assertThat(outcome).isEqualTo(new StageOutcome.Advance(state.validated(expected, CLOCK.instant())));
        CONTENT.forEach((name, content) ->
                assertThat(models().resolve("fmus").resolve(name)).hasBinaryContent(content));
        assertThat(models().toFile().list()).containsExactly("fmus");
        assertThat(root.resolve(FOLDER).resolve("doe-input/request.json")).exists();
        assertThat(pool()).doesNotExist();
    }

    /** Where a kill can leave it. */
    enum Stopped {
        BEFORE_ANYTHING,
        BEFORE_THE_FIRST_MOVE,
        BETWEEN_MOVES,
        BEFORE_THE_FOLDER_HAS_ITS_NAME,
        BEFORE_THE_INPUT_IS_WRITTEN,
        BEFORE_IT_WAS_SAID
    }

    @ParameterizedTest
    @EnumSource
    void itGoesOnWhereverItWasStopped(Stopped stopped) throws IOException {
        Path incoming = models().resolve("fmus.incoming");
        if (stopped.compareTo(Stopped.BEFORE_ANYTHING) > 0) {
            Files.createDirectories(incoming);
        }
        if (stopped.compareTo(Stopped.BEFORE_THE_FIRST_MOVE) > 0) {
            Files.move(pool().resolve("battery.fmu"), incoming.resolve("battery.fmu"));
        }
        if (stopped.compareTo(Stopped.BETWEEN_MOVES) > 0) {
            Files.move(pool().resolve("cycler.fmu"), incoming.resolve("cycler.fmu"));
            Files.move(pool().resolve("connections.json"), incoming.resolve("connections.json"));
        }
        if (stopped.compareTo(Stopped.BEFORE_THE_FOLDER_HAS_ITS_NAME) > 0) {
            Files.move(incoming, models().resolve("fmus"));
        }
        if (stopped == Stopped.BEFORE_IT_WAS_SAID) {
            perform();
        }

        assertDone(perform());
    }

    @Test
    void aDeliveryWithoutFmuIsRefused() throws IOException {
        Files.delete(pool().resolve("battery.fmu"));
        Files.delete(pool().resolve("cycler.fmu"));

        assertThat(code(perform())).isEqualTo("pool.missing_fmu");
    }

    @Test
    void aDeliveryWithoutConnectionsIsRefused() throws IOException {
        Files.delete(pool().resolve("connections.json"));

        assertThat(code(perform())).isEqualTo("pool.missing_connections");
        assertThat(pool().resolve("battery.fmu")).exists();
    }

    @Test
    void aDeliveryThatLacksAFileIsRefused() throws IOException {
        Files.delete(pool().resolve("cycler.fmu"));

        assertThat(code(perform())).isEqualTo("pool.missing_file");
    }

    @Test
    void aFileThatWasExchangedInThePoolIsRefused() throws IOException {
        Files.writeString(pool().resolve("battery.fmu"), "bettery");

        assertThat(code(perform())).isEqualTo("pool.file_changed");
    }

    @Test
    void aLinkInThePoolIsNotFollowed() throws IOException {
        Path outside = Files.writeString(root.resolve("outside.fmu"), "battery");
        Files.delete(pool().resolve("battery.fmu"));
        Files.createSymbolicLink(pool().resolve("battery.fmu"), outside);

        assertThat(code(perform())).isEqualTo("pool.missing_file");
    }

    @Test
    void whatTheInspectionFindsStopsTheRunWithItsOwnCode() {
        findings = List.of(
                new ModelInspector.Finding("malformed", false, "fmu.odd", "cycler.fmu", "It is odd.", "-"),
                new ModelInspector.Finding(
                        "interconnection",
                        true,
                        "connections.unknown_signal",
                        "connections.json[0]",
                        "There is no signal /battery/Volts.",
                        "Name an output of battery.fmu."));

        assertThat(code(perform())).isEqualTo("connections.unknown_signal");
        assertThat(pool().resolve("battery.fmu")).exists();
        assertThat(root.resolve(FOLDER)).doesNotExist();
    }

    @Test
    void aWarningDoesNotStopTheRun() {
        findings = List.of(new ModelInspector.Finding("malformed", false, "fmu.odd", "cycler.fmu", "It is odd.", "-"));

        assertDone(perform());
    }

    @Test
    void whatWasNotPartOfTheDeliveryStaysForTheMonitor() throws IOException {
        Files.writeString(pool().resolve("readme.txt"), "hello");

        perform();

        assertThat(pool().toFile().list()).containsExactly("readme.txt");
        assertThat(models().resolve("fmus").toFile().list()).hasSize(3);
    }
}
