package org.voltwin.model.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Listeners that come and go with clients. */
public final class Changes<T> {
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener; the returned action removes it. */
    public Runnable listen(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void tell(T change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
