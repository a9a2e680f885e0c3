package org.voltwin.doe.schedule.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voltwin.doe.schedule.lab.LabProblem.Closure;
import org.voltwin.doe.schedule.lab.LabProblem.LabAssignment;
import org.voltwin.doe.schedule.lab.LabProblem.LabBench;
import org.voltwin.doe.schedule.lab.LabProblem.LabTest;
import org.voltwin.model.lab.BenchKind;

/**
 * A plan as a picture (SVG): a row per channel, a bar per test coloured by chamber temperature, its set-up and tear-down
 * dark, hours without staff grey. Every bar tells its test, times and reason to a screen reader and on pointing at it.
 */
public final class Gantt {
    private static final int WIDTH = 1260;
    private static final int LEFT = 128;
    private static final int TOP = 76;
    private static final int ROW = 18;
    private static final int RIGHT = 12;

    /** A label needs about so many pixels per letter. */
    private static final double LETTER = 6.2;

    private static final String VIRTUAL = "#d9d2e9";
    private static final String ANY_TEMPERATURE = "#dddddd";
    private static final String STAFF_WORK = "#33415c";

    /** From cold to warm; light enough for black letters. */
    private static final List<String> TEMPERATURES =
            List.of("#9ecae1", "#b7e1cd", "#fde49c", "#fdbe85", "#f4a6a0", "#e7b5d6");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ROOT);

    private final LabProblem problem;
    private final LabPlan plan;
    private final Map<String, LabTest> tests = new HashMap<>();
    private final List<Double> temperatures;
    private final Instant from;
    private final Instant to;
    private final StringBuilder svg = new StringBuilder();

    private Gantt(LabProblem problem, LabPlan plan) {
        this.problem = problem;
        this.plan = plan;
        problem.tests().forEach(test -> tests.put(test.id(), test));
        TreeSet<Double> all = new TreeSet<>();
        for (LabTest test : problem.tests()) {
            Double celsius = test.temperatureCelsius();
            if (celsius != null) {
                all.add(celsius);
            }
        }
        temperatures = List.copyOf(all);
        Instant first = problem.now();
        Instant last = problem.now().plus(Duration.ofHours(1));
        for (LabAssignment a : plan.assignments()) {
            first = a.setUpStart().isBefore(first) ? a.setUpStart() : first;
            last = a.tearDownEnd().isAfter(last) ? a.tearDownEnd() : last;
        }
        from = first;
        to = last;
    }

    /** The picture, 1260 pixels wide. */
    public static String svg(LabProblem problem, LabPlan plan) {
        return new Gantt(problem, plan).draw();
    }

    private record Row(LabBench bench, int channel) {
        String label() {
            return bench.channels() == 1 ? bench.id() : bench.id() + " / " + channel;
        }
    }

    private String draw() {
        List<Row> rows = new ArrayList<>();
        for (LabBench bench : problem.benches()) {
            for (int c = 1; c <= bench.channels(); c++) {
                int channel = c;
                if (plan.assignments().stream().anyMatch(a -> a.bench().equals(bench.id()) && a.channel() == channel)) {
                    rows.add(new Row(bench, c));
                }
            }
        }
        int bottom = TOP + rows.size() * ROW;
        String summary = plan.assignments().size() + " tests on " + rows.size() + " channels, from " + clock(from)
                + " to " + clock(to) + " (" + problem.zone() + "). Makespan " + hours(plan.makespan())
                + " h; no plan is shorter than " + hours(plan.lowerBound()) + " h.";
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                .formatted(WIDTH, bottom + 30, WIDTH, bottom + 30));
        svg.append(" role=\"img\" aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"11\">\n");
        svg.append("<title id=\"t\">Plan of the laboratory</title>\n<desc id=\"d\">")
                .append(escaped(summary));
        svg.append("</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(LEFT, 18, "start", "font-size=\"14\" font-weight=\"bold\"", "Plan of the laboratory");
        text(LEFT + 170, 18, "start", "", summary);
        legend();
        background(rows.size());
        axis(bottom);
        for (int r = 0; r < rows.size(); r++) {
            row(
                    rows.get(r),
                    TOP + r * ROW,
                    r > 0 && !rows.get(r - 1).bench().equals(rows.get(r).bench()));
        }
        return svg.append("</svg>\n").toString();
    }

    private double x(Instant at) {
        double share = Duration.between(from, at).toSeconds()
                / (double) Math.max(1, Duration.between(from, to).toSeconds());
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private String clock(Instant at) {
        return ZonedDateTime.ofInstant(at, problem.zone()).format(CLOCK);
    }

    private static String hours(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMinutes() / 60.0);
    }

    private void legend() {
        List<String[]> entries = new ArrayList<>();
        temperatures.forEach(
                celsius -> entries.add(new String[] {colour(celsius), "run at " + number(celsius) + " degC"}));
        if (tests.values().stream().anyMatch(t -> t.temperatureCelsius() == null)) {
            entries.add(new String[] {ANY_TEMPERATURE, "run at any temperature"});
        }
        entries.add(new String[] {VIRTUAL, "run on a virtual bench"});
        entries.add(new String[] {STAFF_WORK, "set-up, tear-down"});
        entries.add(new String[] {"#ffffff", "channel waits"});
        entries.add(new String[] {"#ececec", "nobody on shift"});
        entries.add(new String[] {"#c0c0c0", "bench closed"});
        double at = LEFT;
        for (String[] entry : entries) {
            rect(at, 28, 14, 12, entry[0], " stroke=\"#666666\" stroke-width=\"0.5\"");
            text(at + 19, 38, "start", "", entry[1]);
            at += 34 + entry[1].length() * LETTER;
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private String colour(@Nullable Double celsius) {
        if (celsius == null) {
            return ANY_TEMPERATURE;
        }
        int most = Math.max(1, temperatures.size() - 1);
        return TEMPERATURES.get(temperatures.indexOf(celsius) * (TEMPERATURES.size() - 1) / most);
    }

    /** Grey where no technician is on shift, from the technicians' own calendars. */
    private void background(int rows) {
        Timeline time = new Timeline(
                from.truncatedTo(ChronoUnit.MINUTES),
                (int) Duration.between(from, to).toMinutes() + 2);
        java.util.BitSet nobody = new java.util.BitSet();
        nobody.set(0, time.horizon);
        problem.technicians().forEach(t -> nobody.and(time.away(t, problem.holidays())));
        for (int at = nobody.nextSetBit(0); at >= 0; at = nobody.nextSetBit(at)) {
            int end = nobody.nextClearBit(at);
            double left = x(time.instant(at));
            rect(left, TOP, Math.min(WIDTH - RIGHT, x(time.instant(end))) - left, rows * ROW, "#ececec", "");
            at = end;
        }
    }

    private void axis(int bottom) {
        long hours = Duration.between(from, to).toHours();
        int step = hours <= 36 ? 3 : hours <= 24 * 8 ? 6 : 24;
        ZonedDateTime at = ZonedDateTime.ofInstant(from, problem.zone()).truncatedTo(ChronoUnit.DAYS);
        double lastLabel = 0;
        for (; !at.toInstant().isAfter(to); at = at.plusHours(step)) {
            if (at.toInstant().isBefore(from)) {
                continue;
            }
            double x = x(at.toInstant());
            boolean midnight = at.getHour() == 0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"%s\"/>%n",
                    x,
                    TOP - 4,
                    x,
                    bottom,
                    midnight ? "#555555" : "#bbbbbb",
                    midnight ? "1" : "0.5"));
            if (midnight && x - lastLabel > 70) {
                text(x + 3, TOP - 18, "start", "font-weight=\"bold\"", at.format(DAY));
                lastLabel = x;
            }
            if (step < 24) {
                text(x, TOP - 6, "middle", "fill=\"#333333\"", String.format(Locale.ROOT, "%02d", at.getHour()));
            }
        }
        text(LEFT - 8, TOP - 6, "end", "fill=\"#333333\"", "hour of the day");
        text(
                LEFT,
                bottom + 18,
                "start",
                "fill=\"#333333\"",
                "Time in " + problem.zone() + ", from " + clock(from) + " to " + clock(to));
    }

    private void row(Row row, int y, boolean newBench) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"0.5\"/>%n",
                newBench ? 8 : LEFT,
                y,
                WIDTH - RIGHT,
                y,
                newBench ? "#555555" : "#dddddd"));
        text(LEFT - 8, y + 13, "end", "", row.label());
        for (Closure closure : row.bench().closures()) {
            Instant start = closure.from().isBefore(from) ? from : closure.from();
            Instant end = closure.to().isAfter(to) ? to : closure.to();
            if (start.isBefore(end)) {
                rect(x(start), y + 1, x(end) - x(start), ROW - 2, "#c0c0c0", "");
            }
        }
        for (LabAssignment a : plan.assignments()) {
            if (a.bench().equals(row.bench().id()) && a.channel() == row.channel()) {
                bar(a, row.bench().kind() == BenchKind.PHYSICAL, y + 2);
            }
        }
    }

    private void bar(LabAssignment a, boolean physical, int y) {
        LabTest test = tests.get(a.test());
        Double celsius = test == null ? null : test.temperatureCelsius();
        double left = x(a.setUpStart());
        double width = Math.max(1.5, x(a.tearDownEnd()) - left);
        String says = a.test() + " on " + a.bench() + "/" + a.channel() + ": set-up " + clock(a.setUpStart())
                + ", run " + clock(a.start()) + " to " + clock(a.end()) + ", free " + clock(a.tearDownEnd()) + ". "
                + a.why();
        svg.append("<g><title>").append(escaped(says)).append("</title>\n");
        rect(left, y, width, ROW - 4, "#ffffff", " stroke=\"#666666\" stroke-width=\"0.5\"");
        rect(
                x(a.start()),
                y,
                Math.max(1.5, x(a.end()) - x(a.start())),
                ROW - 4,
                physical ? colour(celsius) : VIRTUAL,
                "");
        rect(left, y, x(a.setUpEnd()) - left, ROW - 4, STAFF_WORK, "");
        rect(x(a.tearDownStart()), y, x(a.tearDownEnd()) - x(a.tearDownStart()), ROW - 4, STAFF_WORK, "");
        if (x(a.end()) - x(a.start()) > a.test().length() * LETTER + 4) {
            text((x(a.start()) + x(a.end())) / 2, y + 11, "middle", "", a.test());
        }
        svg.append("</g>\n");
    }

    private void rect(double x, double y, double width, double height, String fill, String more) {
        if (width > 0) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"%s/>%n",
                    x,
                    y,
                    width,
                    height,
                    fill,
                    more));
        }
    }

    private void text(double x, double y, String anchor, String more, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n",
                x,
                y,
                anchor,
                more,
                escaped(words)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
