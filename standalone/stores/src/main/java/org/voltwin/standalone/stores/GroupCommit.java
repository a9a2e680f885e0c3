package org.voltwin.standalone.stores;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Makes commands durable: {@link #write} returns when what the command changed is on the disk. Commands that end while
 * one commit is under way share the next.
 *
 * <p>A commit never sees half a command: a document and its entry in an index are two maps, and an index entry without
 * its document would refuse that document for ever after a crash. So commands share a lock that a commit has alone.
 */
final class GroupCommit {
    private final MVStore store;
    private final Consumer<RuntimeException> onBroken;
    private final ReentrantReadWriteLock commands = new ReentrantReadWriteLock(true);
    private final ReentrantLock committing = new ReentrantLock();
    private final AtomicLong ended = new AtomicLong();
    private volatile long durable;
    private volatile boolean broken;

    /**
     * @param onBroken told when the disk refuses a commit: what is on the disk is then unknown, and the process must
     *     restart from it
     */
    GroupCommit(MVStore store, Consumer<RuntimeException> onBroken) {
        this.store = store;
        this.onBroken = onBroken;
    }

    /** Runs a command that changes nothing. */
    <T> T read(Supplier<T> command) {
        commands.readLock().lock();
        try {
            return command.get();
        } finally {
            commands.readLock().unlock();
        }
    }

    /** Runs a command and commits what it changed before returning. */
    <T> T write(Supplier<T> command) {
        long ticket;
        T result;
        commands.readLock().lock();
        try {
            result = command.get();
        } finally {
            // Also after a failure: a command that failed half-way may have changed something.
            ticket = ended.incrementAndGet();
            commands.readLock().unlock();
        }
        awaitDurable(ticket);
        return result;
    }

    /** Runs something that needs the store for itself, such as compaction. */
    void alone(Runnable work) {
        committing.lock();
        commands.writeLock().lock();
        try {
            work.run();
        } catch (MVStoreException e) {
            throw broken(e);
        } finally {
            commands.writeLock().unlock();
            committing.unlock();
        }
    }

    boolean isBroken() {
        return broken;
    }

    private void awaitDurable(long ticket) {
        if (durable >= ticket) {
            return;
        }
        committing.lock();
        try {
            if (durable < ticket) {
                commit();
            }
        } finally {
            committing.unlock();
        }
    }

    private void commit() {
        try {
            long upTo;
            commands.writeLock().lock();
            try {
                upTo = ended.get();
                store.commit();
            } finally {
                commands.writeLock().unlock();
            }
            store.sync();
            durable = upTo;
        } catch (MVStoreException e) {
            throw broken(e);
        }
    }

    private MVStoreException broken(MVStoreException cause) {
        broken = true;
        onBroken.accept(cause);
        return cause;
    }
}
