package org.voltwin.config.access;

/**
 * A place in a policy that speaks of a permission.
 *
 * @param entry label of the policy's entry; Ditto prefixes the label of an imported one
 * @param subject of the entry, for instance {@code voltwin:viewer}
 * @param resource where the entry says it, for instance {@code thing:/features}
 * @param granted false when the entry revokes it
 */
public record Mention(String entry, String subject, String resource, boolean granted) {}
