package org.voltwin.doe.schedule.formats;

import java.util.ArrayList;
import java.util.List;
import org.voltwin.doe.schedule.shop.FlexibleShop;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.failure.RefusedException;

/**
 * The flexible job shop format of Brandimarte's and Hurink's instances: a line with jobs and machines (a third number is
 * ignored), then a line per job: number of operations, and for each the number of machines followed by pairs of machine
 * (from 1) and duration.
 */
public final class FjspText {
    private static final int MOST = 100_000;

    private FjspText() {}

    /** The instance; refused with {@code schedule.unreadable_instance} and the line. */
    public static Outcome<FlexibleShop> read(String text) {
        try {
            return Outcome.ok(shop(text));
        } catch (RefusedException e) {
            return Outcome.refused(e.failure());
        }
    }

    private static FlexibleShop shop(String text) {
        List<String> lines = text.lines().toList();
        int line = 0;
        while (line < lines.size() && lines.get(line).isBlank()) {
            line++;
        }
        if (line == lines.size()) {
            throw Words.refused("The file is empty");
        }
        Words first = new Words("Line " + (line + 1), lines.get(line));
        int jobs = first.number("the number of jobs", 1, MOST);
        int machines = first.number("the number of machines", 1, MOST);
        List<List<FlexibleShop.Operation>> result = new ArrayList<>();
        for (line++; line < lines.size() && result.size() < jobs; line++) {
            if (!lines.get(line).isBlank()) {
                result.add(job(new Words("Line " + (line + 1), lines.get(line)), line + 1, machines));
            }
        }
        if (result.size() < jobs) {
            throw Words.refused("The file has " + result.size() + " jobs of the " + jobs + " it announces");
        }
        return new FlexibleShop(machines, result);
    }

    private static List<FlexibleShop.Operation> job(Words words, int line, int machines) {
        int count = words.number("the number of operations", 0, MOST);
        List<FlexibleShop.Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = " of operation " + (i + 1);
            int choices = words.number("the number of machines" + name, 1, machines);
            List<FlexibleShop.Choice> able = new ArrayList<>();
            for (int c = 0; c < choices; c++) {
                int machine = words.number("a machine" + name, 1, machines);
                int duration = words.number("a duration" + name, 1, 1_000_000);
                able.add(new FlexibleShop.Choice(machine - 1, duration));
            }
            operations.add(new FlexibleShop.Operation(able));
        }
        if (words.hasMore()) {
            throw Words.refused("Line " + line + " goes on after its " + count + " operations");
        }
        return operations;
    }
}
