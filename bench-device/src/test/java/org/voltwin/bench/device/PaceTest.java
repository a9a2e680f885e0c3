package org.voltwin.bench.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final AtomicLong now = new AtomicLong(42);

    @Test
    void tenTestSecondsAtSpeedHundredTakeATenthOfASecond() {
        Pace pace = new Pace(100, now::get);

        assertThat(pace.until(5.0)).isZero();
        assertThat(pace.until(15.0)).isEqualTo(Duration.ofMillis(100));
        now.addAndGet(Duration.ofMillis(60).toNanos());
        assertThat(pace.until(16.0)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void aJumpBackTakesNoTime() {
        Pace pace = new Pace(1, now::get);

        pace.until(0.0);
        assertThat(pace.until(7200.0)).isEqualTo(Duration.ofHours(2));
        assertThat(pace.until(0.0)).isEqualTo(Duration.ofHours(2));
        assertThat(pace.until(10.0)).isEqualTo(Duration.ofHours(2).plusSeconds(10));
    }

    /** As at every step's start in the SINTEF file: 7200.00, 0.00, 7200.01. */
    @Test
    void aRowThatStraysBackTakesNoTime() {
        Pace pace = new Pace(1, now::get);

        pace.until(7190.0);
        pace.until(7200.0);
        pace.until(0.0);
        assertThat(pace.until(7200.5)).isEqualTo(Duration.ofMillis(10_500));
        assertThat(pace.until(7210.5)).isEqualTo(Duration.ofMillis(20_500));
    }

    @Test
    void speedZeroAndRowsWithoutTimeNeverWait() {
        assertThat(new Pace(0, now::get).until(1e9)).isZero();
        assertThat(new Pace(1, now::get).until(null)).isZero();
    }

    @Test
    void stoppingEndsTheWait() throws InterruptedException {
        Pace pace = new Pace(1, now::get);
        Thread.ofVirtual().start(pace::stop);

        assertThat(pace.await(Duration.ofHours(1))).isFalse();
    }
}
