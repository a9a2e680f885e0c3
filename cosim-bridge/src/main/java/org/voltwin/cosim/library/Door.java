package org.voltwin.cosim.library;

import java.util.Locale;

/** Which way somebody came to the exchange. */
enum Door {
    WEB,
    SFTP;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
