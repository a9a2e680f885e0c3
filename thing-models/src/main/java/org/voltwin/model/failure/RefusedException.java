package org.voltwin.model.failure;

/** Carries a {@link Failure} through code whose contract is exceptions. app turns it into a problem document. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public RefusedException(Failure failure) {
        super(failure.inOneLine());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
