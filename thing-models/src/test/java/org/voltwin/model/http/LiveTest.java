package org.voltwin.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.voltwin.model.json.Json;

final class LiveTest {
    private final Changes<Integer> changes = new Changes<>();
    private final AtomicInteger state = new AtomicInteger();
    private final List<Integer> got = new CopyOnWriteArrayList<>();
    private Flow.Subscription subscription;

    private void subscribe() {
        new Live(sink -> {
                    Runnable end = changes.listen(change ->
                            sink.changed("state", () -> Optional.of(new Reply.Event("n", Json.tree(state.get())))));
                    return end;
                })
                .subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription given) {
                        subscription = given;
                    }

                    @Override
                    public void onNext(Reply.Event event) {
                        got.add(event.data().asInt());
                    }

                    @Override
                    public void onError(Throwable error) {
                        throw new AssertionError(error);
                    }

                    @Override
                    public void onComplete() {}
                });
    }

    private void change(int to) {
        state.set(to);
        changes.tell(to);
    }

    @Test
    void aSlowClientGetsTheLastStateAndNothingPilesUp() {
        subscribe();
        for (int i = 1; i <= 1000; i++) {
            change(i);
        }
        subscription.request(5);

        await().atMost(Duration.ofSeconds(5)).until(() -> !got.isEmpty());
        assertThat(got).containsExactly(1000);
        change(1001);
        await().atMost(Duration.ofSeconds(5)).until(() -> got.contains(1001));
    }

    @Test
    void aClientThatLeftIsForgotten() {
        subscribe();
        subscription.request(10);
        subscription.cancel();
        change(1);

        await().during(Duration.ofMillis(100)).until(got::isEmpty);
    }
}
