package org.voltwin.app.supervisor;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voltwin.app.config.DataFolder;

/** Processes that outlived their supervisor, because it was killed. */
public final class LeftOvers {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

    private LeftOvers() {}

    /**
     * Ends every other process that carries the data folder's mark, and waits until they have gone. Only for when no
     * supervisor runs.
     *
     * @return how many there were
     */
    public static int end(DataFolder data) {
        long self = ProcessHandle.current().pid();
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && Processes.isOurs(process.pid(), data))
                .toList();
        for (ProcessHandle process : left) {
            LOG.warn("Process {} was left over from a supervisor that was killed: it is ended", process.pid());
            process.destroyForcibly();
        }
        left.forEach(process -> process.onExit().join());
        return left.size();
    }
}
