package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.voltwin.cosim.check.Connection;
import org.voltwin.cosim.check.XmlFile;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;
import org.w3c.dom.Element;

/** System structure descriptions: {@code .ssd}, or {@code .ssp} archives with their FMUs and parameter sets. */
public final class SspFile {
    /** The description within an archive. */
    static final String DESCRIPTION = "SystemStructure.ssd";

    private static final int LARGEST_XML = 32 << 20;
    private static final long LARGEST_FMU = 1L << 30;

    private SspFile() {}

    /** Reads a {@code .ssd} or {@code .ssp}; refused with {@code ssp.malformed}. */
    public static Outcome<StructureDescription> read(Path file) {
        try {
            if (!isArchive(file)) {
                Path folder = file.toAbsolutePath().getParent();
                return Outcome.ok(description(
                        limited(Files.newInputStream(file)),
                        source -> limited(Files.newInputStream(inside(String.valueOf(folder), source)))));
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return Outcome.ok(description(entry(zip, DESCRIPTION), source -> entry(zip, clean(source))));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.refused(Failure.permanent(
                    "ssp.malformed",
                    file.getFileName() + " " + e.getMessage() + ".",
                    "Give a System Structure Description of SSP 1.0 whose components are FMUs."));
        }
    }

    /**
     * Puts each component's FMU as {@code <component>.fmu} into a folder, so that two components of one FMU are two.
     *
     * @throws IOException when an FMU is not where the description says, or lies outside its folder
     */
    public static void gather(Path file, StructureDescription description, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var component : description.components().entrySet()) {
            if (!component.getKey().matches("[\\w.+-]{1,200}")) {
                throw new IOException("The component's name '" + component.getKey() + "' cannot be a file's name");
            }
            Path target = folder.resolve(component.getKey() + ".fmu");
            if (isArchive(file)) {
                try (ZipFile zip = new ZipFile(file.toFile());
                        InputStream in = zip.getInputStream(find(zip, clean(component.getValue())))) {
                    copy(in, target);
                }
            } else {
                Path own = file.toAbsolutePath().getParent();
                Files.copy(inside(String.valueOf(own), component.getValue()), target);
            }
        }
    }

    /** Makes the folder that a run takes: the FMUs, connections.json and parameters.json. */
    public static void unpack(Path file, Path folder) throws IOException {
        StructureDescription description = read(file).orThrow();
        gather(file, description, folder);
        List<Map<String, Object>> connections = new ArrayList<>();
        for (Connection connection : description.connections()) {
            connections.add(Map.of(
                    "OutSignalReference", "/" + connection.fromFmu() + "/" + connection.fromVariable(),
                    "InSignalReference", "/" + connection.toFmu() + "/" + connection.toVariable(),
                    "Factor", connection.factor(),
                    "Offset", connection.offset(),
                    "ConvertUnits", connection.convertUnits()));
        }
        if (!connections.isEmpty() || description.components().size() > 1) {
            Files.write(folder.resolve("connections.json"), Json.bytes(connections));
        }
        Files.write(folder.resolve("parameters.json"), Json.bytes(description.parameters()));
    }

    private static void copy(InputStream in, Path target) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > LARGEST_FMU) {
                    throw new IOException(target.getFileName() + " has more than " + LARGEST_FMU + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static boolean isArchive(Path file) {
        return file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".ssp");
    }

    static StructureDescription description(byte[] xml, ParameterValues.Files files) throws IOException {
        Element root = XmlFile.parse(xml);
        if (!"SystemStructureDescription".equals(root.getLocalName())) {
            throw new IOException("begins with <" + root.getTagName() + "> instead of <SystemStructureDescription>");
        }
        if (!root.getAttribute("version").startsWith("1.")) {
            throw new IOException("is of SSP version '" + root.getAttribute("version") + "', not 1.0");
        }
        List<Element> systems = XmlFile.children(root, "System");
        if (systems.size() != 1) {
            throw new IOException("has " + systems.size() + " systems at its top instead of one");
        }
        ParameterValues values = new ParameterValues(files);
        SystemReader reader = new SystemReader(values);
        reader.read(systems.getFirst());
        if (reader.components().isEmpty()) {
            throw new IOException("has no component");
        }
        double stop = Double.NaN;
        for (Element experiment : XmlFile.children(root, "DefaultExperiment")) {
            stop = Numbers.finite(experiment.getAttribute("stopTime"), Double.NaN);
        }
        return new StructureDescription(
                systems.getFirst().getAttribute("name"),
                reader.components(),
                reader.connections(),
                values.of(reader.components()),
                stop);
    }

    private static String clean(String source) throws IOException {
        String path = source.replaceFirst("^\\./", "");
        if (path.startsWith("/") || path.contains("..") || path.contains(":")) {
            throw new IOException("names the source '" + source + "', which is not inside the package");
        }
        return path;
    }

    private static Path inside(String folder, String source) throws IOException {
        return Path.of(folder).resolve(clean(source));
    }

    private static ZipEntry find(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("has no entry " + name);
        }
        return entry;
    }

    private static byte[] entry(ZipFile zip, String name) throws IOException {
        return limited(zip.getInputStream(find(zip, name)));
    }

    private static byte[] limited(InputStream stream) throws IOException {
        try (InputStream in = stream) {
            byte[] bytes = in.readNBytes(LARGEST_XML + 1);
            if (bytes.length > LARGEST_XML) {
                throw new IOException("has more than " + LARGEST_XML + " bytes of XML");
            }
            return bytes;
        }
    }
}
