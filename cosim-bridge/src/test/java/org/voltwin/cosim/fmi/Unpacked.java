package org.voltwin.cosim.fmi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.voltwin.cosim.fmu.FmuArchive;
import org.voltwin.cosim.fmu.ModelVariable;

/** An FMU that instances are made of in tests, with what they log. */
public final class Unpacked {
    final List<String> log = new ArrayList<>();
    private final FmuArchive fmu;
    private final Path library;
    private final Path folder;

    public Unpacked(Path file, Path folder) throws IOException {
        this.folder = folder;
        fmu = FmuArchive.open(file).orThrow();
        library = fmu.unpack(folder);
    }

    public Instantiation order(boolean earlyReturn) {
        return new Instantiation(
                library,
                "model",
                fmu.description(),
                folder.resolve("resources"),
                LogTarget.lines(log::add),
                earlyReturn);
    }

    Path library() {
        return library;
    }

    public ModelVariable variable(String name) {
        return fmu.description().variable(name).orElseThrow();
    }

    /** Writes one number by name. */
    public void write(SteppedModel model, String name, double value) {
        model.writeNumbers(variable(name).type(), variable(name).valueReference(), value);
    }

    public double read(SteppedModel model, String name) {
        double[] value = new double[1];
        model.readNumbers(variable(name).type(), variable(name).valueReference(), value);
        return value[0];
    }

    static void initialise(SteppedModel model) {
        model.enterInitialization(0);
        model.exitInitialization();
    }
}
