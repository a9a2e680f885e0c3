package org.voltwin.standalone.ditto.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.voltwin.standalone.ditto.config.DevopsSettings;

/** Basic authentication of the two users of Ditto's operators' resources. */
public final class BasicGuard {
    private static final String BASIC = "basic ";

    private final DevopsSettings settings;

    public BasicGuard(DevopsSettings settings) {
        this.settings = settings;
    }

    /** @throws AuthenticationFailedException 401 when it is not the user {@code devops} */
    public void requireDevops(@Nullable String authorization) {
        if (settings.secured() && !is("devops", settings.password(), authorization)) {
            throw AuthenticationFailedException.devops();
        }
    }

    /** @throws AuthenticationFailedException 401 when it is neither {@code status} nor {@code devops} */
    public void requireStatus(@Nullable String authorization) {
        boolean open = !settings.secured() || settings.statusPassword().isEmpty();
        if (!open
                && !is("status", settings.statusPassword(), authorization)
                && !is("devops", settings.password(), authorization)) {
            throw AuthenticationFailedException.devops();
        }
    }

    private static boolean is(String user, String password, @Nullable String authorization) {
        if (password.isEmpty()
                || authorization == null
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        byte[] expected = Base64.getEncoder().encode((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        byte[] given = authorization.substring(BASIC.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given);
    }
}
