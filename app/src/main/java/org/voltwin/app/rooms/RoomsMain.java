package org.voltwin.app.rooms;

/** Being wired. */
public final class RoomsMain {
    private RoomsMain() {}

    public static void main(String[] arguments) {
        System.exit(1);
    }
}
