import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.voltwin.cosim.coupling.CouplingMethod;
import org.voltwin.cosim.run.CosimOptions;
import org.voltwin.cosim.run.CosimReport;
import org.voltwin.cosim.run.CosimRun;
import org.voltwin.cosim.run.Selection;
import org.voltwin.cosim.worker.Stepping;

/** What `voltwin cosim run` does, its worker's start included. Arguments: folder of two coupled integrators, of the cell. */
final class ProductBench {
    private static final Stepping JACOBI = new Stepping(CouplingMethod.JACOBI, 0, 1e-9, Map.of(), 1e300, false);
    private static final double DAY = 86_400;

    public static void main(String[] arguments) throws Exception {
        recorded(Path.of(arguments[0]));
        Path cell = Path.of(arguments[1]);
        tenYears(cell);
        ends(cell);
    }

    private static CosimReport run(Path folder, double stop, double step, double sample, Stepping stepping)
            throws Exception {
        CosimReport report = CosimRun.run(new CosimOptions(
                folder, stop, step, sample, Optional.empty(), stepping, Selection.ALL, Optional.empty()));
        if (report.failure() != null) {
            throw new IllegalStateException(report.failure().cause());
        }
        return report;
    }

    private static void recorded(Path pair) throws Exception {
        double steps = 400_000;
        CosimReport report = run(pair, steps * 1e-4, 1e-4, 1e-4, JACOBI);
        double rate = steps / report.wallSeconds();
        say("all signals in CSV        %.0f steps/s, %.0f x the 4,000 of Maestro 3.1.1 (goal 10)", rate, rate / 4000);
    }

    private static void tenYears(Path cell) throws Exception {
        Files.writeString(
                cell.resolve("procedure.json"),
                "[[1,-0.51532,-1,7200,-1,-1,-1,0],[3,0,-1,36000,-1,-1,-1,0],[1,0.51532,-1,7200,-1,-1,-1,0],"
                        + "[3,0,-1,36000,-1,-1,-1,0],[5,1,3650,1,-1,-1,-1,0]]");
        Files.writeString(
                cell.resolve("parameters.json"), "{\"Ageing\": 1, \"Initial_SoC\": 0.6, \"Longest_Substep\": 60}");
        CosimReport report = run(cell, 3651 * DAY, 3600, DAY, Stepping.USUAL);
        say("ten years, a cycle a day  %.1f s (goal 60)", report.wallSeconds());
    }

    private static void ends(Path cell) throws Exception {
        Files.writeString(
                cell.resolve("procedure.json"),
                "[[1,2.5,-1,20000,4.2,-1,-1,0],[2,0,4.2,7200,-1,0.1,-1,0],[3,0,-1,600,-1,-1,-1,0],"
                        + "[1,-5,-1,20000,2.5,-1,-1,0]]");
        Files.writeString(cell.resolve("parameters.json"), "{\"Initial_SoC\": 0.5}");
        CosimReport report = run(cell, 50_000, 1, 10, Stepping.USUAL);
        List<String> lines = Files.readAllLines(Path.of(report.file()));
        List<String> head = Arrays.asList(lines.getFirst().split(","));
        int volts = head.indexOf("/battery/Cell_Voltage_01 [V]");
        int step = head.indexOf("/cycler/Step");
        double worst = 0;
        for (int i = 2; i < lines.size() - 1; i++) {
            String[] now = lines.get(i).split(",", -1);
            if (now[step].equals("2.0")) {
                worst = Math.max(worst, Math.abs(Double.parseDouble(now[volts]) - 4.2));
            }
        }
        double end = Double.parseDouble(lines.getLast().split(",", -1)[volts]);
        say("discharge to 2.5 V        ends %.4f mV from it (goal 0.1)", 1e3 * Math.abs(end - 2.5));
        say("4.2 V held                within %.4f mV (goal 1)", 1e3 * worst);
        double stored = Double.parseDouble(lines.getLast().split(",", -1)[head.indexOf("/battery/SoC [1]")]) - 0.5;
        double counted = report.summary().get("chargedAmpereHours") - report.summary().get("dischargedAmpereHours");
        say("charge balance            %.1e relative (goal 1e-6)", Math.abs(counted / 5.1532 / stored - 1));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
