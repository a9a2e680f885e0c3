package org.voltwin.model.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher of live updates in which the latest wins: per key only one event waits, so a slow client costs no more
 * memory than it has items, and always ends with the last state. The events are made when they are asked for.
 */
public final class Live implements Flow.Publisher<Reply.Event> {
    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final Executor WORKERS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("live-", 0).factory());

    /** Where changes are told to; may be called from any thread, never blocks. */
    public interface Sink {
        /** The event of this key, or nothing to say after all. */
        void changed(String key, Supplier<Optional<Reply.Event>> event);
    }

    /** Connects a sink to what changes. */
    @FunctionalInterface
    public interface Source {
        /** Begins; the returned action ends it. */
        Runnable connect(Sink sink);
    }

    private final Source source;

    public Live(Source source) {
        this.source = source;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Reply.Event> subscriber) {
        Connection connection = new Connection(subscriber::onNext);
        subscriber.onSubscribe(connection);
        connection.connected(source.connect(connection));
    }

    private static final class Connection implements Flow.Subscription, Sink {
        private final Consumer<Reply.Event> subscriber;
        private final Map<String, Supplier<Optional<Reply.Event>>> waiting = new LinkedHashMap<>();
        private long demand;
        private boolean working;
        private boolean cancelled;
        private Runnable disconnect = () -> {};

        Connection(Consumer<Reply.Event> subscriber) {
            this.subscriber = subscriber;
        }

        void connected(Runnable end) {
            boolean late;
            synchronized (this) {
                disconnect = end;
                late = cancelled;
            }
            if (late) {
                end.run();
            }
        }

        @Override
        public void changed(String key, Supplier<Optional<Reply.Event>> event) {
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                waiting.put(key, event);
            }
            work();
        }

        @Override
        public void request(long n) {
            synchronized (this) {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            }
            work();
        }

        private synchronized void work() {
            if (!working && !cancelled && demand > 0 && !waiting.isEmpty()) {
                working = true;
                WORKERS.execute(this::deliver);
            }
        }

        private void deliver() {
            while (true) {
                Supplier<Optional<Reply.Event>> next;
                synchronized (this) {
                    if (cancelled || demand == 0 || waiting.isEmpty()) {
                        working = false;
                        return;
                    }
                    var entries = waiting.entrySet().iterator();
                    next = entries.next().getValue();
                    entries.remove();
                }
                Optional<Reply.Event> event;
                try {
                    event = next.get();
                } catch (RuntimeException e) {
                    LOG.warn("A live update could not be made: {}", e.toString());
                    event = Optional.empty();
                }
                if (event.isPresent()) {
                    synchronized (this) {
                        demand--;
                    }
                    subscriber.accept(event.get());
                }
            }
        }

        @Override
        public void cancel() {
            Runnable end;
            synchronized (this) {
                cancelled = true;
                waiting.clear();
                end = disconnect;
            }
            end.run();
        }
    }
}
