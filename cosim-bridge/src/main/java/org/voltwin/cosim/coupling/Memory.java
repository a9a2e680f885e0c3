package org.voltwin.cosim.coupling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What has to be known of a simulation, besides its models' states, to go on with it: numbers in the order in which they
 * were put. Who puts them takes them back in the same order.
 */
public final class Memory {
    private long[] words;
    private int size;
    private int at;

    public Memory() {
        this(new long[64]);
        size = 0;
    }

    /** One to read from: what {@link #words} answered. */
    public Memory(long[] words) {
        this.words = words.clone();
        size = words.length;
    }

    public long[] words() {
        return Arrays.copyOf(words, size);
    }

    public Memory put(long value) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size + 1);
        }
        words[size++] = value;
        return this;
    }

    /** Exact, and the same for every kind of not-a-number. */
    public Memory put(double value) {
        return put(Double.doubleToLongBits(value));
    }

    public Memory put(double[] values) {
        put((long) values.length);
        for (double value : values) {
            put(value);
        }
        return this;
    }

    public Memory put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put((long) bytes.length);
        for (byte each : bytes) {
            put((long) each);
        }
        return this;
    }

    /** @throws IllegalStateException when there is nothing left: this is the memory of something else */
    public long nextLong() {
        if (at == size) {
            throw new IllegalStateException("The memory ends after " + size + " words");
        }
        return words[at++];
    }

    public double nextDouble() {
        return Double.longBitsToDouble(nextLong());
    }

    /** Fills the array, whose size must be that of the one that was put. */
    public void next(double[] values) {
        if (nextLong() != values.length) {
            throw new IllegalStateException("The memory holds another number of values than " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = nextDouble();
        }
    }

    public String nextString() {
        byte[] bytes = new byte[Math.toIntExact(nextLong())];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) nextLong();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
