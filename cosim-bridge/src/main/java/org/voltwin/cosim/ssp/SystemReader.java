package org.voltwin.cosim.ssp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voltwin.cosim.check.XmlFile;
import org.voltwin.cosim.check.finding.Findings;
import org.w3c.dom.Element;

/**
 * Reads systems with all that is in them, other descriptions and packages among it, and puts the FMU of every component
 * into the run's folder.
 */
final class SystemReader {
    /** The description within an archive. */
    static final String DESCRIPTION = "SystemStructure.ssd";

    private static final int DEEPEST = 50;

    /** A description and the dictionaries that can be seen from a place in it. */
    private record Scope(Description description, Map<String, Node> dictionaries, int depth) {
        Scope within(Map<String, Node> more) {
            Map<String, Node> all = new HashMap<>(dictionaries);
            all.putAll(more);
            return new Scope(description, all, depth + 1);
        }
    }

    private final PackageFiles files;
    private final Path folder;
    private final Findings findings;
    private final Bindings bindings;
    private final Network network = new Network();
    private final Set<String> names = new HashSet<>();

    /** @param folder where the FMUs are put */
    SystemReader(PackageFiles files, Path folder, Findings findings) {
        this.files = files;
        this.folder = folder;
        this.findings = findings;
        bindings = new Bindings(files, findings);
    }

    Network network() {
        return network;
    }

    /** How many components were found. */
    int components() {
        return names.size();
    }

    Node read(Description description) throws IOException {
        return system(description.system(), "", new Scope(description, Map.of(), 0));
    }

    Description description(PackageFiles.Place place, String path) throws IOException {
        return Description.of(files.document(place.sources(), path), place.sources(), path, findings);
    }

    private Node system(Element system, String path, Scope outer) throws IOException {
        if (outer.depth > DEEPEST) {
            throw Refusal.malformed("Systems are nested deeper than " + DEEPEST + " levels.");
        }
        Node node = new Node(path, null);
        outer.description.declare(system, node);
        bindings.read(system, node, outer.description.place(), null);
        Scope scope = outer.within(dictionaries(system, outer.description));
        for (Element elements : XmlFile.children(system, "Elements")) {
            for (Element element : XmlFile.children(elements)) {
                files.countElement();
                String name = Xml.required(element, "name");
                String inner = path.isEmpty() ? name : path + "." + name;
                Node child = switch (String.valueOf(element.getLocalName())) {
                    case "System" -> system(element, inner, scope);
                    case "Component" -> component(element, inner, scope);
                    case "SignalDictionaryReference" -> reference(element, inner, scope);
                    default -> throw Refusal.malformed("Element '" + inner + "' is a " + element.getLocalName() + ".");
                };
                if (node.children().put(name, child) != null) {
                    throw Refusal.malformed("There are two elements '" + inner + "' in one system.");
                }
            }
        }
        for (Element connection : Xml.listed(system, "Connections", "Connection")) {
            network.connect(connection, node);
        }
        return node;
    }

    private Node component(Element component, String path, Scope scope) throws IOException {
        if (!component.hasAttribute("source")) {
            throw Refusal.unsupported(
                    "Component '" + path + "' has no source.", "Give every component an FMU, or leave it out.");
        }
        String source = component.getAttribute("source");
        PackageFiles.Place place = scope.description.place();
        return switch (component.getAttribute("type")) {
            case "", "application/x-fmu-sharedlibrary" ->
                fmu(component, path, scope.description, place.uri(source).path());
            case "application/x-ssp-definition" -> {
                SourceUri uri = place.uri(source);
                Description description =
                        uri.path().isEmpty() ? scope.description.part(uri.fragment()) : description(place, uri.path());
                yield nested(component, path, scope, description, description.place());
            }
            case "application/x-ssp-package" -> {
                SourceUri uri = place.uri(source);
                PackageFiles.Place root = new PackageFiles.Place(files.archive(place.sources(), uri.path()), "");
                String description = uri.fragment().isEmpty() ? DESCRIPTION : uri.fragment();
                yield nested(
                        component,
                        path,
                        scope,
                        description(root, root.uri(description).path()),
                        root);
            }
            default ->
                throw Refusal.unsupported(
                        "Component '" + path + "' is of the type " + component.getAttribute("type") + ".",
                        "Give FMUs, or other system structures, as components.");
        };
    }

    private Node fmu(Element component, String path, Description description, String source) throws IOException {
        String implementation = component.getAttribute("implementation");
        if (!List.of("", "any", "CoSimulation").contains(implementation)) {
            throw Refusal.unsupported(
                    "Component '" + path + "' wants the " + implementation + " of its FMU.",
                    "Only co-simulation can be run: export the FMU for it.");
        }
        String name = runName(path);
        Path file = folder.resolve(name + ".fmu");
        files.copy(description.place().sources(), source, file);
        Node node = new Node(path, Fmu.read(file, name, path));
        description.declare(component, node);
        PackageFiles.Place inside = new PackageFiles.Place(files.fmu(file), "");
        bindings.read(component, node, description.place(), inside);
        return node;
    }

    /** Another description in place of the component, whose bindings come after those of its outermost system. */
    private Node nested(Element component, String path, Scope scope, Description description, PackageFiles.Place inside)
            throws IOException {
        Node node = system(description.system(), path, new Scope(description, Map.of(), scope.depth + 1));
        scope.description.declare(component, node);
        bindings.read(component, node, scope.description.place(), inside);
        return node;
    }

    /** A file's name that no other component has. */
    private String runName(String path) {
        String plain = path.replaceAll("[^\\w.+-]", "_");
        String name = plain.length() > 150 ? plain.substring(0, 150) : plain;
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "-" + i;
        }
        if (!free.equals(path)) {
            findings.warning(
                    Findings.Category.ERRONEOUS,
                    "ssp.renamed",
                    "",
                    "Component '" + path + "' is called " + free + " in results.",
                    "Give components different names of letters, digits and _ . + -.");
        }
        return free;
    }

    /** Signal dictionaries of a system by name. */
    private Map<String, Node> dictionaries(Element system, Description description) throws IOException {
        Map<String, Node> found = new HashMap<>();
        for (Element element : Xml.listed(system, "SignalDictionaries", "SignalDictionary")) {
            files.countElement();
            String type = element.getAttribute("type");
            String name = Xml.required(element, "name");
            if (!type.isEmpty() && !type.equals("application/x-ssp-signal-dictionary")) {
                throw Refusal.unsupported(
                        "Signal dictionary '" + name + "' is of the type " + type + ".", "Give it in SSP's own form.");
            }
            List<Element> roots = new ArrayList<>(XmlFile.children(element, "SignalDictionary"));
            if (!element.getAttribute("source").isBlank()) {
                String path =
                        description.place().uri(element.getAttribute("source")).path();
                roots.add(files.document(description.place().sources(), path));
            }
            if (roots.size() != 1) {
                throw Refusal.malformed("Signal dictionary '" + name + "' has " + roots.size() + " contents.");
            }
            Version.check(roots.getFirst(), "SignalDictionary", "signal dictionary '" + name + "'", findings);
            found.put(name, Description.dictionary(roots.getFirst(), name));
        }
        return found;
    }

    private static Node reference(Element reference, String path, Scope scope) {
        Node dictionary = scope.dictionaries.get(Xml.required(reference, "dictionary"));
        if (dictionary == null) {
            throw Refusal.malformed("'" + path + "' refers to the signal dictionary '"
                    + reference.getAttribute("dictionary") + "', which there is not.");
        }
        scope.description.requireEntries(reference, path, dictionary);
        return dictionary;
    }
}
