package org.voltwin.model.http;

import java.util.Set;

/**
 * Who calls.
 *
 * @param subject the token's subject
 * @param name for people: preferred user name
 */
public record Caller(String subject, String name, Set<Role> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }
}
