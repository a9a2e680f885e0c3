package org.voltwin.cosim.coupling;

import org.voltwin.cosim.fmi.CallProgram;

/** All parts stepped with the values of the step's beginning. */
final class JacobiSteps {
    private final CallProgram whole;
    private final int afterSaving;

    JacobiSteps(Wiring wiring, PartTimes times) {
        whole = wiring.canGoBack() ? wiring.saving() : wiring.program();
        afterSaving = whole.size();
        wiring.links().forEach(link -> link.read(whole));
        wiring.links().forEach(link -> link.write(whole));
        for (int part = 0; part < wiring.parts().size(); part++) {
            times.step(whole, part, wiring.part(part));
        }
    }

    /** @param again whether the states of the step's beginning are kept already */
    CallProgram step(double now, double step, boolean again, boolean timed) {
        whole.run(again ? afterSaving : 0, now, step, timed);
        return whole;
    }
}
