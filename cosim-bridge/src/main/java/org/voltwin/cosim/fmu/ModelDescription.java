package org.voltwin.cosim.fmu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a modelDescription.xml says, as far as the importer needs it.
 *
 * @param token the instantiation token (FMI 2.0: guid) that the library wants back
 * @param identifier name of the shared library without its ending
 */
public record ModelDescription(
        FmiVersion version,
        String modelName,
        String token,
        String identifier,
        Capabilities capabilities,
        List<ModelVariable> variables) {
    /** Values that one array may have. */
    static final long LARGEST_ARRAY = 1_000_000;

    public ModelDescription {
        variables = List.copyOf(variables);
    }

    /** An FMI 3.0 model with steps of any length and perhaps states. */
    public ModelDescription(
            String modelName, String token, String identifier, boolean hasState, List<ModelVariable> variables) {
        this(FmiVersion.V3, modelName, token, identifier, Capabilities.withState(hasState), variables);
    }

    /** Whether the model can go back to an earlier state. */
    public boolean hasState() {
        return capabilities.state();
    }

    /** Place of the library in the archive. */
    public String libraryPath() {
        return version.libraryPath(identifier);
    }

    /** By its name or one of its aliases. */
    public Optional<ModelVariable> variable(String name) {
        return variables.stream().filter(variable -> variable.isNamed(name)).findFirst();
    }

    /**
     * The description once structural parameters have been set.
     *
     * @param sizes value by value reference
     * @throws IllegalArgumentException when an array would have more than a million values
     */
    public ModelDescription withStructure(Map<Long, Long> sizes) {
        Map<Long, Long> known = sizesOf(variables);
        known.putAll(sizes);
        return new ModelDescription(
                version,
                modelName,
                token,
                identifier,
                capabilities,
                variables.stream()
                        .map(variable -> variable.dimensions().isEmpty()
                                ? variable
                                : variable.withSize(size(variable.dimensions(), known)
                                        .orElseThrow(() -> new IllegalArgumentException(
                                                "Array '" + variable.name() + "' would be too large"))))
                        .toList());
    }

    /** What arrays can be sized by: whole start values by value reference. */
    static Map<Long, Long> sizesOf(List<ModelVariable> variables) {
        Map<Long, Long> sizes = new HashMap<>();
        for (ModelVariable variable : variables) {
            boolean sizing = variable.isStructural() || variable.variability().equals("constant");
            if (sizing
                    && variable.dimensions().isEmpty()
                    && variable.start().size() == 1
                    && variable.start().getFirst().matches("\\d{1,9}")) {
                sizes.put(
                        variable.valueReference(), Long.valueOf(variable.start().getFirst()));
            }
        }
        return sizes;
    }

    /** Empty when a size is not known or the product is too large. */
    static Optional<Integer> size(List<Dimension> dimensions, Map<Long, Long> sizes) {
        long size = 1;
        for (Dimension dimension : dimensions) {
            Long factor = switch (dimension) {
                case Dimension.Fixed fixed -> Long.valueOf(fixed.size());
                case Dimension.ByParameter parameter -> sizes.get(parameter.valueReference());
            };
            if (factor == null || factor > LARGEST_ARRAY || size * factor > LARGEST_ARRAY) {
                return Optional.empty();
            }
            size *= factor;
        }
        return Optional.of((int) size);
    }
}
