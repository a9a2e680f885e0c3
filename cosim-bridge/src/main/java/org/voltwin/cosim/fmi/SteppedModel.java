package org.voltwin.cosim.fmi;

/**
 * A model that can be stepped, whatever its FMI version. Legal order: {@link #set} of parameters, {@link
 * #enterInitialization}, {@link #exitInitialization}, then steps, {@link #close}. Throws {@link FmiException} when the
 * model fails; it must not be used after that, except for {@link #close}. Not thread-safe.
 */
public interface SteppedModel extends AutoCloseable {
    void enterInitialization(double startSeconds);

    void exitInitialization();

    /** A scalar Float64. */
    double get(long valueReference);

    int getInt(long valueReference);

    boolean getBoolean(long valueReference);

    /** Sets a scalar (one value) or an array (all its values, row by row). */
    void set(long valueReference, double... values);

    /** Steps by {@code stepSeconds} &gt; 0 from the communication point {@code nowSeconds}. */
    StepAnswer step(double nowSeconds, double stepSeconds);

    /** Keeps the present state; one is kept at a time. */
    void saveState();

    /** Goes back to the state kept last; it stays kept. */
    void restoreState();

    @Override
    void close();
}
