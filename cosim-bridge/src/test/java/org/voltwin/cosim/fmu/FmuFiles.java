package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes FMU files for tests. */
public final class FmuFiles {
    private FmuFiles() {}

    public static Map<String, byte[]> read(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return entries;
    }

    public static Path write(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** The misbehaving model of src/test/c, compiled now. */
    public static Path bad(Path folder) throws Exception {
        Path library = Files.createDirectories(folder).resolve("bad.so");
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-fvisibility=hidden",
                        "-Isrc/main/c/fmi",
                        "-o",
                        library.toString(),
                        "src/test/c/bad.c",
                        "src/main/c/fmi/slave.c")
                .inheritIO()
                .start();
        if (gcc.waitFor() != 0) {
            throw new IOException("gcc failed");
        }
        byte[] binary = Files.readAllBytes(library);
        Files.delete(library);
        return write(
                folder.resolve("bad.fmu"),
                Map.of(
                        "modelDescription.xml",
                        """
                <fmiModelDescription fmiVersion="3.0" modelName="Bad" instantiationToken="{bad}">
                  <CoSimulation modelIdentifier="bad" canGetAndSetFMUState="true"/>
                  <ModelVariables>
                    <Float64 name="Mode" valueReference="1" causality="parameter" variability="fixed" start="0"/>
                    <Float64 name="SoC" valueReference="2" causality="output" unit="1"/>
                  </ModelVariables>
                </fmiModelDescription>
                """.getBytes(StandardCharsets.UTF_8),
                        "binaries/x86_64-linux/bad.so",
                        binary));
    }
}
