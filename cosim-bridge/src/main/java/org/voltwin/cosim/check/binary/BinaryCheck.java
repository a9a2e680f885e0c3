package org.voltwin.cosim.check.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voltwin.cosim.check.finding.Findings;
import org.voltwin.cosim.check.finding.Findings.Category;
import org.voltwin.cosim.fmu.SharedObject;
import org.voltwin.cosim.fmu.SharedObject.WrongBinaryException;

/** Whether this machine's loader will take an FMU's library, and whether it exports what FMI demands. */
public final class BinaryCheck {
    private static final int MOST_NAMES = 12;

    private final Path library;
    private final String place;
    private final Findings findings;
    private final LoaderPaths loader = new LoaderPaths();
    private final Map<String, SharedObject> loaded = new HashMap<>();

    private BinaryCheck(Path library, String place, Findings findings) {
        this.library = library;
        this.place = place;
        this.findings = findings;
    }

    /**
     * Adds what is wrong with a library.
     *
     * @param library the file, with the other files of its folder beside it
     * @param place its place in the archive
     * @param version of FMI, 2 or 3
     */
    public static void check(Path library, String place, int version, Findings findings) throws IOException {
        new BinaryCheck(library, place, findings).check(version);
    }

    private void check(int version) throws IOException {
        SharedObject own;
        try {
            own = SharedObject.read(library);
        } catch (WrongBinaryException e) {
            findings.error(
                    Category.ERRONEOUS,
                    "fmu.wrong_binary",
                    place,
                    "The library " + e.getMessage() + ".",
                    "Build it as a shared object for 64-bit Linux on x86-64.");
            return;
        }
        List<String> missing = StandardFunctions.of(version).stream()
                .filter(name -> !own.defined().contains(name))
                .toList();
        if (!missing.isEmpty()) {
            findings.warning(
                    Category.ERRONEOUS,
                    "binary.incomplete",
                    place,
                    "The library does not export " + names(missing) + ", which FMI " + version + ".0 demands.",
                    "Export all functions under their own names; those that are never called may be missing.");
        }
        if (dependencies(own)) {
            undefined(own);
        }
    }

    /** Follows what the library needs, as the loader does; answers whether everything was found. */
    private boolean dependencies(SharedObject own) {
        Deque<Map.Entry<Path, SharedObject>> open = new ArrayDeque<>();
        open.add(Map.entry(library, own));
        boolean complete = true;
        Set<String> reported = new HashSet<>();
        while (!open.isEmpty()) {
            Map.Entry<Path, SharedObject> user = open.remove();
            List<Path> folders = folders(user.getKey(), user.getValue());
            for (String name : user.getValue().needed()) {
                Optional<Path> found = loaded.containsKey(name) ? Optional.empty() : loader.find(name, folders);
                if (found.isPresent()) {
                    try {
                        SharedObject object = SharedObject.read(found.get());
                        loaded.put(name, object);
                        open.add(Map.entry(found.get(), object));
                    } catch (IOException | WrongBinaryException e) {
                        complete = false;
                        missing(user.getKey(), name, "'" + found.get() + "' cannot be loaded: it " + e.getMessage());
                    }
                } else if (!loaded.containsKey(name)) {
                    complete = false;
                    if (reported.add(name)) {
                        missing(user.getKey(), name, "this machine has no such library");
                    }
                }
            }
            versions(user.getKey(), user.getValue());
        }
        return complete;
    }

    private static List<Path> folders(Path user, SharedObject object) {
        String origin = user.resolveSibling("").toString().replaceFirst("/$", "");
        List<Path> folders = new ArrayList<>();
        for (String path : object.searchPaths()) {
            String resolved = path.replace("${ORIGIN}", origin).replace("$ORIGIN", origin);
            if (resolved.startsWith("/")) {
                folders.add(Path.of(resolved));
            }
        }
        return folders;
    }

    private void missing(Path user, String name, String why) {
        boolean beside = Files.isRegularFile(library.resolveSibling(name.replaceFirst(".*/", "")));
        findings.error(
                Category.ERRONEOUS,
                "binary.missing_library",
                place,
                user.getFileName() + " needs " + name + ", and " + why + "."
                        + (beside
                                ? " The archive holds one beside the library, but the loader is not told to look there."
                                : ""),
                beside
                        ? "Link the library with -Wl,-rpath,'$ORIGIN'."
                        : "Install the library on this machine, or link the FMU statically.");
    }

    private void versions(Path user, SharedObject object) {
        object.neededVersions().forEach((name, versions) -> {
            SharedObject provider = loaded.get(name);
            if (provider == null || provider.definedVersions().isEmpty()) {
                return;
            }
            Set<String> missing = new TreeSet<>(versions);
            missing.removeAll(provider.definedVersions());
            if (!missing.isEmpty()) {
                findings.error(
                        Category.ERRONEOUS,
                        "binary.missing_version",
                        place,
                        user.getFileName() + " needs " + names(missing) + " of " + name
                                + ", and this machine's is older or another one.",
                        "Build the FMU on a system as old as this one, or run it on a newer one.");
            }
        });
    }

    private void undefined(SharedObject own) {
        Set<String> missing = new TreeSet<>(own.undefined());
        missing.removeAll(own.defined());
        loaded.values().forEach(object -> missing.removeAll(object.defined()));
        if (missing.isEmpty()) {
            return;
        }
        String cause = "The library uses " + names(missing) + ", which neither it nor what it needs defines.";
        String remedy = "Link it with what defines them; -Wl,--no-undefined finds this when it is built.";
        if (own.bindsNow()) {
            findings.error(Category.ERRONEOUS, "binary.undefined_symbols", place, cause, remedy);
        } else {
            findings.warning(Category.ERRONEOUS, "binary.undefined_symbols", place, cause, remedy);
        }
    }

    private static String names(java.util.Collection<String> names) {
        String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? shown + " and " + (names.size() - MOST_NAMES) + " more" : shown;
    }
}
