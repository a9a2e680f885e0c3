import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * A flexible job shop as textbooks write it for CP-SAT, to hold ours against: one optional interval per machine of an
 * operation, no overlap on a machine, precedences in a job; no windows, no load constraints, no hint.
 * Arguments: FILE SECONDS THREADS. Prints "makespan bound seconds"; makespan 0 when it found none.
 */
final class Textbook {
    public static void main(String[] arguments) throws Exception {
        Loader.loadNativeLibraries();
        CpModel model = new CpModel();
        List<List<IntervalVar>> machines = new ArrayList<>();
        List<IntVar> ends = new ArrayList<>();
        try (Scanner words = new Scanner(Files.readString(Path.of(arguments[0])))) {
            String[] first = words.nextLine().trim().split("\\s+");
            for (int m = 0; m < Integer.parseInt(first[1]); m++) {
                machines.add(new ArrayList<>());
            }
            int horizon = 100_000;
            for (int job = Integer.parseInt(first[0]); job > 0; job--) {
                IntVar before = null;
                for (int operation = words.nextInt(); operation > 0; operation--) {
                    IntVar start = model.newIntVar(0, horizon, "start");
                    IntVar end = model.newIntVar(0, horizon, "end");
                    List<BoolVar> chosen = new ArrayList<>();
                    for (int choice = words.nextInt(); choice > 0; choice--) {
                        BoolVar here = model.newBoolVar("here");
                        int machine = words.nextInt() - 1;
                        IntVar length = model.newConstant(words.nextInt());
                        machines.get(machine).add(model.newOptionalIntervalVar(start, length, end, here, "on"));
                        chosen.add(here);
                    }
                    model.addExactlyOne(chosen.toArray(BoolVar[]::new));
                    if (before != null) {
                        model.addGreaterOrEqual(start, before);
                    }
                    before = end;
                }
                ends.add(before);
            }
            machines.forEach(model::addNoOverlap);
            IntVar makespan = model.newIntVar(0, horizon, "makespan");
            model.addMaxEquality(makespan, ends.toArray(IntVar[]::new));
            model.minimize(makespan);
        }
        CpSolver solver = new CpSolver();
        solver.getParameters()
                .setMaxTimeInSeconds(Double.parseDouble(arguments[1]))
                .setNumWorkers(Integer.parseInt(arguments[2]))
                .setRandomSeed(1);
        CpSolverStatus status = solver.solve(model);
        boolean found = status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE;
        System.out.printf(
                "%d %d %.2f%n",
                found ? Math.round(solver.objectiveValue()) : 0,
                (long) Math.ceil(solver.bestObjectiveBound() - 1e-6),
                solver.wallTime());
    }
}
