package org.voltwin.standalone.stores;

import java.security.PublicKey;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/**
 * Lets one sign-in at a time ask for a key. Apache MINA's reader of an authorised-keys file marks the file as read
 * before it has read it: a second sign-in that comes meanwhile is judged by the keys of before, at the first time none.
 */
final class OneAtATime implements PublickeyAuthenticator {
    private final PublickeyAuthenticator keys;

    OneAtATime(PublickeyAuthenticator keys) {
        this.keys = keys;
    }

    @Override
    public synchronized boolean authenticate(String user, PublicKey key, ServerSession session) {
        return keys.authenticate(user, key, session);
    }
}
