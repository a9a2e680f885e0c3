package org.voltwin.standalone.edge.broker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user of the LIMS broker.
 *
 * @param user sign-in name
 * @param passwordHash bcrypt ({@code $2a$…}); this or {@code password}
 * @param password plain, for a configuration file that is itself generated and private; this or {@code passwordHash}
 * @param publish topic filters the user may publish to
 * @param subscribe topic filters the user may subscribe to
 */
public record BrokerUser(
        String user,
        @Nullable String passwordHash,
        @Nullable String password,
        @Nullable List<String> publish,
        @Nullable List<String> subscribe) {

    /** {@return what is wrong with this entry, with its key path} */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (user == null || user.isBlank()) {
            problems.add("broker.users[].user: is missing");
        } else if ((password == null) == (passwordHash == null)) {
            problems.add("broker.users[" + user + "]: give either password or passwordHash");
        } else if (password != null && password.length() < 8) {
            problems.add("broker.users[" + user + "].password: has fewer than 8 characters");
        }
        return problems;
    }

    List<String> mayPublish() {
        return publish == null ? List.of() : publish;
    }

    List<String> maySubscribe() {
        return subscribe == null ? List.of() : subscribe;
    }

    @Override
    public String toString() {
        return "BrokerUser[" + user + "]";
    }
}
