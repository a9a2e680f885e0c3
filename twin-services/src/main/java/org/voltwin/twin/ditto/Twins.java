package org.voltwin.twin.ditto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.voltwin.model.TwinId;

/**
 * Commands on twins. Blocking. Every method throws {@link TwinsUnavailableException} when Ditto cannot be reached or
 * does not want to be asked now; the call may then be repeated.
 */
public interface Twins {
    /**
     * Creates a thing unless it is there; false when it was. Throws
     * {@link org.voltwin.model.failure.RefusedException} with {@code twin.refused} when Ditto finds its content wrong.
     */
    boolean createIfAbsent(TwinId id, ObjectNode thing);

    /** A thing as Ditto's JSON with {@code _revision}; empty when there is none. */
    Optional<JsonNode> thing(TwinId id);

    /** Those of the things that exist. */
    List<JsonNode> things(Set<TwinId> ids);

    /**
     * Merges a patch (RFC 7396) into a thing; false when the condition does not hold or the thing is not there.
     * Throws {@link org.voltwin.model.failure.RefusedException} with {@code twin.refused} when Ditto finds its content
     * wrong.
     *
     * @param condition RQL; empty for none
     */
    boolean merge(TwinId id, ObjectNode patch, Optional<String> condition);

    /** Gives every thing that matches, page by page. */
    void search(String rqlFilter, Consumer<JsonNode> each);

    /** Whether Ditto answers. */
    boolean isUp();
}
