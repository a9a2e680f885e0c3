package org.voltwin.cosim.fmi;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** C strings of models, which may be anything. */
final class Text {
    private static final long LONGEST = 64L << 20;

    private Text() {}

    /** Empty for a null pointer; bytes that are no UTF-8 are replaced. */
    static String at(long address) {
        if (address == 0) {
            return "";
        }
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(LONGEST);
        try {
            return memory.getString(0, StandardCharsets.UTF_8);
        } catch (IndexOutOfBoundsException e) {
            return "(text without an end)";
        }
    }
}
