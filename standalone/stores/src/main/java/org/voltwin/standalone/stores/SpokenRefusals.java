package org.voltwin.standalone.stores;

import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;

/** Tells clients why the exchange refused something; all else in the protocol's general words. */
final class SpokenRefusals implements SftpErrorStatusDataHandler {
    @Override
    public String resolveErrorMessage(
            SftpSubsystemEnvironment sftpSubsystem, int id, Throwable e, int subStatus, int cmd, Object... args) {
        return e instanceof ExchangeOrders.RefusedByExchange refused
                ? String.valueOf(refused.getMessage())
                : SftpErrorStatusDataHandler.super.resolveErrorMessage(sftpSubsystem, id, e, subStatus, cmd, args);
    }
}
