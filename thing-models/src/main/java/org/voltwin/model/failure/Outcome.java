package org.voltwin.model.failure;

import java.util.function.Function;

/** The result of something that may fail in an expected way. */
public sealed interface Outcome<T> {
    /** It worked. */
    record Ok<T>(T value) implements Outcome<T> {}

    /** It was refused or failed, with the reason. */
    record Refused<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Outcome<T> refused(Failure failure) {
        return new Refused<>(failure);
    }

    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Ok<T> ok -> new Ok<>(change.apply(ok.value()));
            case Refused<T> refused -> new Refused<>(refused.failure());
        };
    }

    default <R> Outcome<R> flatMap(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Ok<T> ok -> next.apply(ok.value());
            case Refused<T> refused -> new Refused<>(refused.failure());
        };
    }

    /** The value, or a {@link RefusedException}: for callers whose own contract is an exception (tests, stage workers). */
    default T orThrow() {
        return switch (this) {
            case Ok<T> ok -> ok.value();
            case Refused<T> refused -> throw new RefusedException(refused.failure());
        };
    }
}
