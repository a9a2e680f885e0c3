/**
 * Who is there: people, their groups and their roles, from the realm.
 *
 * <p>Entry type: {@link org.voltwin.config.people.PeopleDirectory}. Must not know: Ditto, policies.
 */
@NullMarked
package org.voltwin.config.people;

import org.jspecify.annotations.NullMarked;
