package org.voltwin.cosim.fmu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        return misbehaving(folder, "bad", "-DSTART_MODE=0");
    }

    /** The model of src/test/c that does harm, compiled now. */
    public static Path hostile(Path folder) throws Exception {
        return hostile(folder, 0);
    }

    /** The same, doing what {@code mode} says where nobody sets its parameter. */
    public static Path hostile(Path folder, int mode) throws Exception {
        return misbehaving(folder, "hostile", "-DSTART_MODE=" + mode);
    }

    private static Path misbehaving(Path folder, String name, String flag) throws Exception {
        String description = """
                <fmiModelDescription fmiVersion="3.0" modelName="@" instantiationToken="{@}">
                  <CoSimulation modelIdentifier="@" canGetAndSetFMUState="true"/>
                  <UnitDefinitions><Unit name="1"><BaseUnit/></Unit></UnitDefinitions>
                  <ModelVariables>
                    <Float64 name="time" valueReference="0" causality="independent"/>
                    <Float64 name="Mode" valueReference="1" causality="parameter" variability="fixed" start="0"/>
                    <Float64 name="SoC" valueReference="2" causality="output" unit="1"/>
                  </ModelVariables>
                  <ModelStructure><Output valueReference="2"/><InitialUnknown valueReference="2"/></ModelStructure>
                </fmiModelDescription>
                """.replace("@", name);
        return compiled(folder, name, FmiVersion.V3, description, flag, "src/main/c/fmi/slave.c");
    }

    /** The FMI 2.0 model of src/test/c, compiled now. */
    public static Path second(Path folder) throws Exception {
        return compiled(folder, "second", FmiVersion.V2, Files.readString(Path.of("src/test/c/second.xml")));
    }

    /** The FMI 3.0 model of src/test/c with all types, event mode and clocks, compiled now. */
    public static Path third(Path folder) throws Exception {
        return compiled(folder, "third", FmiVersion.V3, thirdDescription());
    }

    /** The description of {@link #third} with an array input and output of each type. */
    public static String thirdDescription() throws IOException {
        StringBuilder arrays = new StringBuilder();
        int reference = 10;
        for (String type : List.of(
                "Float32", "Float64", "Int8", "UInt8", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64",
                "Boolean", "String", "Binary")) {
            for (String causality : List.of("input", "output")) {
                arrays.append("""
                        <%s name="%s_%s" valueReference="%d" causality="%s" variability="%s"><Dimension valueReference="2"/></%s>
                        """.formatted(
                                type,
                                type,
                                causality,
                                causality.equals("input") ? reference : reference + 100,
                                causality,
                                type.startsWith("Float") ? "continuous" : "discrete",
                                type));
            }
            reference++;
        }
        return Files.readString(Path.of("src/test/c/third.xml")).replace("@ARRAYS@", arrays);
    }

    private static Path compiled(Path folder, String name, FmiVersion version, String description, String... sources)
            throws IOException, InterruptedException {
        Path library = Files.createDirectories(folder).resolve(name + ".so");
        List<String> command =
                new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of("-fvisibility=hidden", "-Isrc/main/c/fmi", "-o", library.toString()));
        command.add("src/test/c/" + name + ".c");
        command.addAll(List.of(sources));
        command.add("-lm");
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("gcc failed");
        }
        byte[] binary = Files.readAllBytes(library);
        Files.delete(library);
        return write(
                folder.resolve(name + ".fmu"),
                Map.of(
                        "modelDescription.xml",
                        description.getBytes(StandardCharsets.UTF_8),
                        version.libraryPath(name),
                        binary));
    }
}
