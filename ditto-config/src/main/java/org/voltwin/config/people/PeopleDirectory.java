package org.voltwin.config.people;

import java.util.List;
import java.util.Optional;

/** Finds people. Blocking; throws {@link org.voltwin.model.failure.RefusedException} with {@code people.*}. */
public interface PeopleDirectory {
    /**
     * People in the order of their user names.
     *
     * @param search part of a name, user name or e-mail address; empty for all
     * @param first index of the first one, from 0
     * @param most at most so many, 1 to 100
     */
    List<Person> find(Optional<String> search, int first, int most);

    /** The one with this user name. */
    Optional<Person> named(String userName);
}
