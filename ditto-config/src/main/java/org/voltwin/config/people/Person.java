package org.voltwin.config.people;

import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody with an account.
 *
 * @param id the subject of her tokens
 * @param userName what she signs in with
 * @param name for people; empty when the realm knows none
 * @param enabled whether she may sign in
 * @param groups paths of her groups: {@code /Laboratory/Cell tests}
 * @param roles realm roles that she has directly, through a group or through another role
 */
public record Person(
        String id, String userName, String name, boolean enabled, List<String> groups, List<String> roles) {
    public Person {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
    }

    /** The subjects that policies know her by: herself and each of her roles, with the prefix of Ditto's issuer. */
    public List<String> subjects(String issuerPrefix) {
        return subjects(issuerPrefix, id, roles);
    }

    /** The same of somebody of whom only her token is known. */
    public static List<String> subjects(String issuerPrefix, String id, List<String> roles) {
        return Stream.concat(Stream.of(id), roles.stream())
                .map(subject -> issuerPrefix + ":" + subject)
                .toList();
    }
}
