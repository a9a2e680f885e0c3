package org.voltwin.cosim.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voltwin.cosim.check.ConnectionsFile;
import org.voltwin.cosim.library.ModelChoice.Candidate;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;
import org.voltwin.model.lab.UnitUnderTest;
import org.voltwin.model.port.ModelLibrary;
import org.voltwin.model.run.ModelFile;
import org.voltwin.model.run.ModelSelection;
import org.voltwin.model.run.TestRequest;

/**
 * The models exchange on disk (DT-11): {@code {area}/{level}/{generation}/{kind}/}, in it single FMUs named {@code
 * TestName_testVersion.fmu} for people to share, and coupled models, which are what runs: a folder {@code
 * <Model>_<version>} with FMUs, their connections file, and {@code model.json} that says which tests it is for. {@link
 * ModelChoice} has the rules by which one is selected.
 */
public final class ModelsFolder implements ModelLibrary {
    static final List<String> AREAS = List.of("performance-ageing", "safety-reliability");
    static final List<String> KINDS = List.of("physics-based", "data-driven");
    /** Standards whose tests are about performance and ageing; the tests of all others are about safety. */
    private static final Set<String> PERFORMANCE = Set.of("IEC62660", "IEC62660-1", "ISO12405.4", "ISO12405-4");

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][\\w.+-]{0,120}");
    private static final int DEEPEST = 6;

    private final Path root;

    /** Opens the exchange and installs the built-in models that are absent. */
    public ModelsFolder(Path root) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        for (String area : AREAS) {
            for (String level : List.of("cell", "module", "pack")) {
                for (String generation : List.of("gen3b", "solid-state")) {
                    for (String kind : KINDS) {
                        Files.createDirectories(this.root.resolve(area, level, generation, kind));
                    }
                }
            }
        }
        BuiltInModels.install(this.root);
    }

    @Override
    public Outcome<ModelSelection> select(TestRequest request) {
        ModelChoice choice = new ModelChoice(request);
        List<String> areas = areas(request);
        try {
            for (String area : areas) {
                for (String kind : KINDS) {
                    choice.add(candidates(request, area, kind), areas.indexOf(area), KINDS.indexOf(kind));
                }
            }
            return switch (choice.best()) {
                case Outcome.Refused<Optional<Candidate>> refused -> Outcome.refused(refused.failure());
                case Outcome.Ok<Optional<Candidate>> ok ->
                    ok.value().isPresent() ? Outcome.ok(selection(ok.value().get())) : missing(request);
            };
        } catch (IOException e) {
            return Outcome.refused(Failure.passing(
                    "model.unreadable",
                    "The models exchange cannot be read: " + e.getMessage() + ".",
                    "See that its folder is there and readable."));
        }
    }

    private static Outcome<ModelSelection> missing(TestRequest request) {
        UnitUnderTest unit = request.unit();
        return Outcome.refused(Failure.permanent(
                "model.missing",
                "The models exchange has no model of " + unit.label() + " that is for the test " + request.testName()
                        + " of " + request.standard() + ".",
                "Use a physical bench, or upload FMUs and their connections.json to performance-ageing/"
                        + unit.level().id() + "/" + unit.generation().id()
                        + "/physics-based/<Model>_<version>/."));
    }

    private static List<String> areas(TestRequest request) {
        boolean performance = PERFORMANCE.contains(request.standard().toUpperCase(Locale.ROOT));
        return performance ? AREAS : AREAS.reversed();
    }

    private List<Candidate> candidates(TestRequest request, String area, String kind) throws IOException {
        Path folder = root.resolve(
                area, request.unit().level().id(), request.unit().generation().id(), kind);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Candidate> all = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                ModelName.parse(String.valueOf(child.getFileName()))
                        .filter(name -> isComplete(child))
                        .ifPresent(name -> all.add(new Candidate(child, name)));
            }
        }
        return all;
    }

    /** A model whose upload has not finished is not offered. */
    private static boolean isComplete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return ConnectionsFile.in(folder).isPresent()
                    && files.anyMatch(file -> file.toString().endsWith(".fmu"));
        } catch (IOException e) {
            return false;
        }
    }

    private ModelSelection selection(Candidate candidate) throws IOException {
        List<ModelFile> files = new ArrayList<>();
        List<Path> all;
        try (Stream<Path> children = Files.list(candidate.folder())) {
            all = children.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        for (Path file : all) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".fmu") || ConnectionsFile.isName(name)) {
                files.add(new ModelFile(name, relative(file), sha256(file), Files.size(file)));
            }
        }
        String parent = relative(candidate.folder().resolveSibling(""));
        return new ModelSelection(
                parent + "/" + candidate.name().model(), candidate.name().version(), files);
    }

    @Override
    public InputStream open(ModelFile file) throws IOException {
        return Files.newInputStream(resolve(file.path()), LinkOption.NOFOLLOW_LINKS);
    }

    /** A path of the exchange as a path of this machine; throws {@link RefusedException} with {@code models.bad_path}. */
    Path resolve(String path) {
        String plain = path.strip().replaceAll("^/+|/+$", "");
        if (plain.isEmpty()) {
            return root;
        }
        List<String> segments = List.of(plain.split("/", -1));
        boolean fits = segments.size() <= DEEPEST
                && segments.stream()
                        .allMatch(segment -> SEGMENT.matcher(segment).matches());
        Path resolved = fits ? root.resolve(plain).normalize() : null;
        if (resolved == null || !resolved.startsWith(root) || leadsThroughLink(resolved)) {
            throw new RefusedException(Failure.permanent(
                    "models.bad_path",
                    "'" + path + "' is not a path of the models exchange.",
                    "Use names of letters, digits, '.', '_', '+' and '-', at most " + DEEPEST + " deep."));
        }
        return resolved;
    }

    private boolean leadsThroughLink(Path path) {
        for (@Nullable Path step = path; step != null && !step.equals(root); step = step.getParent()) {
            if (Files.isSymbolicLink(step)) {
                return true;
            }
        }
        return false;
    }

    String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
