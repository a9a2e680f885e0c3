package org.voltwin.cosim.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.w3c.dom.Element;

/**
 * The units that an FMU defines (UnitDefinitions of FMI 2.0 and 3.0, the same form in both): a value in SI base units
 * is factor * value + offset. Also which variables are differences (relativeQuantity).
 */
public final class UnitDefinitions {
    private static final List<String> BASES = List.of("kg", "m", "s", "A", "K", "mol", "cd", "rad");
    private static final long LARGEST = 32L << 20;

    /**
     * A unit in SI base units.
     *
     * @param factor not 0
     * @param exponents of kg, m, s, A, K, mol, cd, rad
     */
    public record Base(double factor, double offset, List<Integer> exponents) {}

    private final Map<String, Base> units;
    private final Set<String> relative;

    private UnitDefinitions(Map<String, Base> units, Set<String> relative) {
        this.units = units;
        this.relative = relative;
    }

    /** Of an FMU that has been opened before; nothing is known where it cannot be read again. */
    public static UnitDefinitions of(Path fmu) {
        try (ZipFile zip = new ZipFile(fmu.toFile())) {
            ZipEntry entry = zip.getEntry("modelDescription.xml");
            if (entry == null) {
                return new UnitDefinitions(Map.of(), Set.of());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return parse(in.readNBytes((int) LARGEST));
            }
        } catch (IOException e) {
            return new UnitDefinitions(Map.of(), Set.of());
        }
    }

    static UnitDefinitions parse(byte[] xml) throws IOException {
        return of(XmlFile.parse(xml));
    }

    /** Of any document whose units have the form of FMI. */
    public static UnitDefinitions of(Element root) {
        Map<String, Base> units = new HashMap<>();
        for (Element unit : XmlFile.descendants(root, "Unit")) {
            for (Element base : XmlFile.children(unit, "BaseUnit")) {
                base(base).ifPresent(known -> units.put(unit.getAttribute("name"), known));
            }
        }
        Set<String> types = new HashSet<>();
        Set<String> variables = new HashSet<>();
        List<Element> open = new ArrayList<>(XmlFile.children(root));
        for (Element list : open) {
            for (Element element : XmlFile.children(list)) {
                Element detail =
                        XmlFile.children(element, "Real").stream().findFirst().orElse(element);
                boolean said = List.of("true", "1").contains(detail.getAttribute("relativeQuantity"));
                if (said || types.contains(detail.getAttribute("declaredType"))) {
                    (list.getTagName().equals("TypeDefinitions") ? types : variables).add(element.getAttribute("name"));
                }
            }
        }
        return new UnitDefinitions(units, variables);
    }

    private static Optional<Base> base(Element element) {
        try {
            List<Integer> exponents = new ArrayList<>();
            for (String base : BASES) {
                String text = element.getAttribute(base);
                exponents.add(text.isBlank() ? 0 : Integer.parseInt(text.strip()));
            }
            double factor = number(element.getAttribute("factor"), 1);
            double offset = number(element.getAttribute("offset"), 0);
            boolean usable = Double.isFinite(factor) && factor != 0 && Double.isFinite(offset);
            return usable ? Optional.of(new Base(factor, offset, List.copyOf(exponents))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // a unit that cannot be read is a unit that is not defined
        }
    }

    private static double number(String text, double otherwise) {
        return text.isBlank() ? otherwise : Double.parseDouble(text.strip());
    }

    public Optional<Base> unit(String name) {
        return Optional.ofNullable(units.get(name));
    }

    /** Whether the variable is a difference, so that its unit's offset does not count. */
    public boolean relative(String variable) {
        return relative.contains(variable);
    }
}
