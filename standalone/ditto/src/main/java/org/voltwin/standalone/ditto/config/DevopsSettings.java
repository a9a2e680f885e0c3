package org.voltwin.standalone.ditto.config;

import com.typesafe.config.Config;

/**
 * Who may use {@code /devops} and see {@code /status} and {@code /overall}: basic authentication of the users
 * {@code devops} and {@code status}.
 *
 * @param secured false opens both to everybody
 * @param password of {@code devops}; empty closes {@code /devops}
 * @param statusPassword of {@code status}; empty opens {@code /status} and {@code /overall}
 */
public record DevopsSettings(boolean secured, String password, String statusPassword) {
    static DevopsSettings of(Config authentication) {
        Config devops = authentication.getConfig("devops");
        return new DevopsSettings(
                devops.getBoolean("secured"), devops.getString("password"), devops.getString("statusPassword"));
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "DevopsSettings[secured=" + secured + "]";
    }
}
