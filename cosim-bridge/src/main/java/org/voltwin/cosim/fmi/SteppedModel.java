package org.voltwin.cosim.fmi;

import org.voltwin.cosim.fmu.ModelVariable;

/**
 * A model that can be stepped, whatever its FMI version. Legal order: values of parameters, {@link
 * #enterInitialization}, {@link #exitInitialization}, then steps, {@link #close}. Throws {@link FmiException} when the
 * model fails; it must not be used after that, except for {@link #close}. Not thread-safe, but not bound to a thread.
 */
public interface SteppedModel extends AutoCloseable {
    void enterInitialization(double startSeconds);

    void exitInitialization();

    /** A scalar Float64 (FMI 2.0: Real), the fast way. */
    double get(long valueReference);

    /** Sets a scalar Float64 (FMI 2.0: Real), the fast way. */
    void set(long valueReference, double value);

    /**
     * Reads a scalar or an array (row by row) of a numeric type.
     *
     * @param values filled; as many as the variable has. Booleans are 0 or 1, enumerations their numbers; whole numbers
     *     beyond 2^53 are rounded
     */
    void readNumbers(ModelVariable.Type type, long valueReference, double[] values);

    /**
     * Writes a scalar or an array of a numeric type.
     *
     * @throws org.voltwin.model.failure.RefusedException {@code value.does_not_fit} when the type cannot hold a value
     */
    void writeNumbers(ModelVariable.Type type, long valueReference, double... values);

    /** Reads whole numbers of any size exactly; UInt64 as the same 64 bits. */
    void readIntegers(ModelVariable.Type type, long valueReference, long[] values);

    /** Writes whole numbers of any size exactly; UInt64 as the same 64 bits. */
    void writeIntegers(ModelVariable.Type type, long valueReference, long... values);

    /** Reads {@code count} strings. */
    String[] readStrings(long valueReference, int count);

    void writeStrings(long valueReference, String... values);

    /** Reads {@code count} binaries. */
    byte[][] readBinaries(long valueReference, int count);

    void writeBinaries(long valueReference, byte[]... values);

    /** Steps by {@code stepSeconds} &gt; 0 from the communication point {@code nowSeconds}. */
    StepAnswer step(double nowSeconds, double stepSeconds);

    /** Keeps the present state; one is kept at a time. */
    void saveState();

    /** Goes back to the state kept last; it stays kept. */
    void restoreState();

    /** The present state as bytes that a later instance of the same FMU understands. */
    byte[] serialisedState();

    /** Goes to a state that {@link #serialisedState} gave; the one kept is not touched. */
    void restoreSerialised(byte[] state);

    /** Frees everything; never throws. */
    @Override
    void close();
}
