package org.voltwin.config.access;

/**
 * What a change of a policy does to one subject, permission and resource.
 *
 * @param before extent under the policy as it is
 * @param after extent under the changed policy
 */
public record Shift(String subject, String resource, String permission, Extent before, Extent after) {}
