package org.voltwin.model.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.voltwin.model.port.MessageBus;

/** A broker in memory: a subscriber gets every message published after its first subscription, in order. */
public final class FakeMessageBus implements MessageBus {
    /** A message that went over the bus. */
    public record Message(String topic, byte[] payload) {}

    private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
    private final List<Message> published = new ArrayList<>();

    private static final class Subscriber {
        private final String filter;
        private final Handler handler;
        private final Deque<Message> waiting = new ArrayDeque<>();
        private boolean busy;

        Subscriber(String filter, Handler handler) {
            this.filter = filter;
            this.handler = handler;
        }
    }

    /** Everything published so far. */
    public synchronized List<Message> published() {
        return List.copyOf(published);
    }

    @Override
    public CompletionStage<Void> publish(String topic, byte[] payload, boolean retain) {
        List<Subscriber> reached;
        synchronized (this) {
            Message message = new Message(topic, payload.clone());
            published.add(message);
            reached = subscribers.values().stream()
                    .filter(subscriber -> matches(subscriber.filter, topic))
                    .toList();
            reached.forEach(subscriber -> subscriber.waiting.add(message));
        }
        reached.forEach(this::deliver);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> subscribe(String name, String topicFilter, Handler handler) {
        if (subscribers.putIfAbsent(name, new Subscriber(topicFilter, handler)) != null) {
            throw new IllegalArgumentException("A subscriber named " + name + " is there already");
        }
        return CompletableFuture.completedFuture(null);
    }

    private void deliver(Subscriber subscriber) {
        Message next;
        synchronized (this) {
            next = subscriber.busy ? null : subscriber.waiting.peek();
            if (next == null) {
                return;
            }
            subscriber.busy = true;
        }
        subscriber.handler.handle(next.topic(), next.payload()).whenComplete((done, error) -> {
            synchronized (this) {
                subscriber.busy = false;
                if (error == null) {
                    subscriber.waiting.poll();
                }
            }
            if (error == null) {
                deliver(subscriber);
            }
        });
    }

    /** Delivers again what handlers failed on, as a broker does after a reconnect. */
    public void reconnect() {
        List<Subscriber> all;
        synchronized (this) {
            all = List.copyOf(subscribers.values());
        }
        all.forEach(this::deliver);
    }

    static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] given = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= given.length || !(wanted[i].equals("+") || wanted[i].equals(given[i]))) {
                return false;
            }
        }
        return wanted.length == given.length;
    }

    @Override
    public void close() {}
}
