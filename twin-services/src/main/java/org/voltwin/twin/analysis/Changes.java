package org.voltwin.twin.analysis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Listeners that come and go with clients. */
final class Changes<T> {
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener; the returned action removes it. */
    Runnable listen(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(T change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
