package org.voltwin.doe.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.voltwin.doe.design.StudyDesigner;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

/**
 * Published examples. Where a figure is not printed in the source it is R's (lm, and nlme's lme for whole plots):
 * benchmarks/doe/analysis.R computes all of them again.
 */
class ResultsAnalyserTest {
    private static final String FILTRATION = "{'kind':'full-factorial','factors':[{'name':'A','low':-1,'high':1},"
            + "{'name':'B','low':-1,'high':1},{'name':'C','low':-1,'high':1},{'name':'D','low':-1,'high':1}],"
            + "'model':['A','C','D','A:C','A:D'],'response':{'goal':'maximise'}}";
    private static final String YIELD = "{'kind':'central-composite','factors':["
            + "{'name':'x1','low':-1,'high':1},{'name':'x2','low':-1,'high':1}],'model':'quadratic'}";
    private static final String CORROSION = "{'kind':'d-optimal','factors':[{'name':'Temperature','unit':'degC',"
            + "'type':'categorical','values':['360','370','380'],'hardToChange':true},"
            + "{'name':'Coating','values':['C1','C2','C3','C4']}],'model':'interactions','budget':{'runs':24},"
            + "'wholePlots':6}";

    private static String csv(String name) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(ResultsAnalyserTest.class.getResourceAsStream("/analysis/" + name + ".csv"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Outcome<Analysis> outcome(String study, String csv) {
        JsonNode tree = Json.read(study.replace('\'', '"').getBytes(UTF_8), JsonNode.class)
                .orThrow();
        Study read = StudyReader.read(tree).orThrow();
        return new ResultsAnalyser()
                .analyse(read, new StudyDesigner().design(read).orThrow(), csv);
    }

    private static Analysis analysis(String study, String csv) {
        return outcome(study, csv).orThrow();
    }

    private static Analysis.Line line(Analysis analysis, String source) {
        return analysis.anova().stream()
                .filter(l -> l.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static void close(Double found, double expected) {
        assertThat(found).isCloseTo(expected, within(1e-6 * Math.max(1e-3, Math.abs(expected))));
    }

    /** Montgomery's pilot plant: sums of squares and predicted R squared as published. */
    @Test
    void factorialWithoutReplicates() throws Exception {
        Analysis found = analysis(FILTRATION, csv("filtration"));

        close(line(found, "A").sumOfSquares(), 1870.5625);
        close(line(found, "A:C").sumOfSquares(), 1314.0625);
        close(line(found, "A:D").f(), 56.65919282511);
        assertThat(line(found, "C").probability()).isCloseTo(0.0011955, within(5e-8));
        close(line(found, "total").sumOfSquares(), 5730.9375);
        close(found.summary().press(), 499.52);
        close(found.summary().rSquared(), 0.96595234200338);
        close(found.summary().adjustedRSquared(), 0.94892851300507);
        assertThat(found.summary().predictedRSquared()).isCloseTo(0.9128, within(5e-5));
        assertThat(found.coefficients().get(1).effect()).isCloseTo(21.625, within(1e-9));
        close(found.residuals().get(13).studentised(), -2.12091267173046);
        close(found.residuals().get(13).cooksDistance(), 0.3332479180012810);
        close(found.checks().shapiroWilk(), 0.953471300297);
        close(found.checks().normality(), 0.54659444205);
        close(found.checks().equalVariance(), 0.11783851356924);
        assertThat(Objects.requireNonNull(found.best()).values())
                .containsEntry("A", 1.0)
                .containsEntry("C", -1.0)
                .containsEntry("D", 1.0);
    }

    /** Montgomery's chemical yield: lack of fit F = 1.78, p = 0.2897 as published. */
    @Test
    void centralCompositeWithLackOfFit() throws Exception {
        Analysis found = analysis(YIELD, csv("yield"));

        close(line(found, "pure error").sumOfSquares(), 0.212);
        close(line(found, "lack of fit").f(), 1.7817097709152);
        close(line(found, "lack of fit").probability(), 0.28969546257813);
        assertThat(line(found, "lack of fit").degreesOfFreedom()).isEqualTo(3);
        close(found.summary().press(), 2.3457698476481);
        close(found.summary().standardDeviation(), 0.26599996068);
        Analysis.Coefficient square = found.coefficients().get(4);
        assertThat(square.name()).isEqualTo("x1^2");
        close(square.value(), -1.37625);
        close(square.low(), -1.614727625334200);
        close(square.high(), -1.13777237466580);
        assertThat(found.notes()).anyMatch(note -> note.contains("[10, 11, 12, 13] lie outside"));
    }

    @Test
    void aRunWithoutAResultIsPredicted() throws Exception {
        Analysis found = analysis(YIELD, csv("yield") + "14,0.5,-0.5,\n");

        Analysis.Prediction next = found.predictions().getFirst();
        assertThat(next.run()).isEqualTo(14);
        close(next.mean(), 79.523029851943);
        close(next.low(), 79.242837946071);
        close(next.runHigh(), 80.211605099332);
    }

    /** NIST SiRstv: certified F, R squared and residual standard deviation. */
    @Test
    void oneWayAnalysisOfVariance() throws Exception {
        Analysis found = analysis(
                "{'kind':'full-factorial','factors':[{'name':'Instrument','values':['I1','I2','I3','I4','I5']}],"
                        + "'model':'main','replicates':5}",
                csv("SiRstv"));

        close(line(found, "Instrument").sumOfSquares(), 5.11462616000000e-02);
        close(line(found, "Instrument").f(), 1.18046237440255);
        close(line(found, "error").sumOfSquares(), 2.16636560000000e-01);
        close(found.summary().rSquared(), 1.90999039051129e-01);
        close(found.summary().standardDeviation(), 1.04076068334656e-01);
        assertThat(found.means()).hasSize(5);
        close(found.means().getFirst().mean(), (196.3052 + 196.1240 + 196.1890 + 196.2569 + 196.3403) / 5);
    }

    @Test
    void theNumberOfARunStandsForItsFactors() {
        assertThat(analysis(FILTRATION, "run,Rate\n16,3\n1,2\n").runs()).isEqualTo(2);
    }

    /** Box, Hunter and Hunter: heats F = 2.75, coatings 11.48, interaction 4.38; mean squares of R's aov. */
    @Test
    void splitPlot() throws Exception {
        Analysis found = analysis(CORROSION, csv("corrosion"));

        close(line(found, "Temperature").f(), 2.7548412787728);
        assertThat(line(found, "Temperature").errorDegreesOfFreedom()).isEqualTo(3);
        close(line(found, "Coating").f(), 1429.70833333333 / 124.54166666667);
        close(line(found, "Temperature:Coating").f(), 544.95833333333 / 124.54166666667);
        assertThat(line(found, "Coating").errorDegreesOfFreedom()).isEqualTo(9);
        double plots = Objects.requireNonNull(found.summary().plotStandardDeviation());
        assertThat(plots * plots).isCloseTo((4813.20833333333 - 124.54166666667) / 4, within(1e-3));
        close(found.summary().standardDeviation(), Math.sqrt(124.54166666667));
    }

    /** Without three runs nothing is orthogonal any more; R's nlme. */
    @Test
    void splitPlotWithRunsMissing() throws Exception {
        String csv = csv("corrosion")
                .lines()
                .filter(line -> !line.matches("(3|10|17),.*"))
                .collect(Collectors.joining("\n"));
        String study = CORROSION
                .replace("'type':'categorical','values':['360','370','380']", "'low':360,'high':380,'levels':3")
                .replace("'interactions'", "'main'");
        Analysis found = analysis(study, csv);

        assertThat(line(found, "Temperature").f()).isCloseTo(5.904953937, within(1e-4));
        assertThat(line(found, "Temperature").errorDegreesOfFreedom()).isEqualTo(4);
        assertThat(line(found, "Coating").f()).isCloseTo(3.830441407, within(1e-4));
        assertThat(found.coefficients().get(1).value()).isCloseTo(39.4486140, within(1e-4));
        assertThat(found.coefficients().get(1).standardError()).isCloseTo(16.2339234, within(1e-3));
    }

    @Test
    void termsThatRunsCannotTellApartAreNamedAndRunsThatCanAreProposed() throws Exception {
        String half = csv("filtration")
                .lines()
                .filter(line -> !line.matches("\\d.*")
                        || line.matches("\\d+(,(1,1|-1,-1),(1,1|-1,-1)|,(1,-1|-1,1),(1,-1|-1,1)),.*"))
                .collect(Collectors.joining("\n"));
        Analysis found = analysis(FILTRATION.replace("['A','C','D','A:C','A:D']", "'interactions'"), half);

        assertThat(found.runs()).isEqualTo(8);
        assertThat(found.notes()).anyMatch(note -> note.contains("cannot tell C:D from A:B"));
        assertThat(found.next().getFirst().runs()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void anOutlierIsFoundAndItsRunRepeated() throws Exception {
        Analysis found = analysis(YIELD, csv("yield").replace("4,1,1,79.5", "4,1,1,89.5"));

        assertThat(found.next().getFirst().what()).contains("Check and repeat");
    }

    @Test
    void lackOfFitAsksForALargerModel() throws Exception {
        Analysis found = analysis(YIELD.replace("'quadratic'", "'main'"), csv("yield"));

        assertThat(line(found, "lack of fit").probability()).isLessThan(0.001);
        assertThat(found.next()).anyMatch(advice -> advice.what().startsWith("Add runs for a larger model"));
    }

    @Test
    void resultsOfASequentialDesignLeadToTheNextBatch() {
        Analysis found = analysis(
                "{'kind':'sequential','factors':[{'name':'x','low':0,'high':1},{'name':'y','low':0,'high':1}],"
                        + "'response':{'noise':0},'options':{'batch':3},'budget':{'runs':7}}",
                "x,y,Loss\n0,0.25,3\n0.25,0.75,2\n0.5,0.5,1\n0.75,0,4\n1,1,5\n");

        assertThat(found.next()).hasSize(1);
        // Two runs are left of the budget.
        assertThat(found.next().getFirst().runs()).hasSize(2);
        assertThat(found.next().getFirst().why()).contains("The best so far is 1.0 at {x=0.5, y=0.5}");
    }

    /** Two blocks 10 apart; the slope is 2 per coded unit in both. */
    @Test
    void blocksAreAFixedEffectWhateverTheDesign() {
        Analysis found = analysis(
                "{'kind':'full-factorial','model':'main','factors':[{'name':'x','low':-1,'high':1},"
                        + "{'name':'y','low':-1,'high':1}],'replicates':2,'blocks':2}",
                "x,y,block,R\n-1,-1,1,8.1\n1,-1,1,11.9\n-1,1,1,7.9\n1,1,1,12.1\n-1,-1,2,18.1\n1,-1,2,22\n"
                        + "-1,1,2,18\n1,1,2,21.9\n");

        assertThat(found.model()).containsExactly("constant", "x", "y", "Block");
        assertThat(found.coefficients().get(1).value()).isCloseTo(1.9875, within(0.03));
        assertThat(line(found, "Block").sumOfSquares()).isCloseTo(200, within(1.0));
    }

    private static Failure refusal(String study, String csv) {
        return ((Outcome.Refused<Analysis>) outcome(study, csv)).failure();
    }

    @Test
    void badTablesAreNamed() {
        assertThat(refusal(YIELD, "x1,x2,Yield\n").cause()).contains("no rows");
        assertThat(refusal(YIELD, "x1,x2,a,b\n0,0,1,2\n").cause()).contains("[a, b]");
        assertThat(refusal(YIELD, "x1,x2,Yield\n0,0,warm\n").cause()).contains("Line 2 has 'warm' for Yield");
        assertThat(refusal(YIELD, "x1,Yield\n0,3\n").cause()).contains("'x2'");
        assertThat(refusal(YIELD, "run,Yield\n1,3\n99,4\n").cause())
                .isEqualTo("Line 3 is of run 99, which the design does not have, and gives no value for factor 'x1'.");
        // A decimal comma would make 4 of 4,61.
        assertThat(refusal(YIELD, "run,Yield\n1,4,61\n").cause())
                .isEqualTo("Line 2 has 3 cells; the line of names has 2.");
        assertThat(refusal(YIELD, "run;Yield\n1;4,61\n").cause()).contains("semicolons");
        assertThat(refusal(YIELD, "x1 [V],x2,Yield\n0,0,3\n").cause()).contains("'x1' is in V");
        assertThat(refusal(YIELD, "x1,x2,Yield\n0,0,\n").cause()).contains("None of the 1 rows");
        assertThat(refusal(CORROSION, "Temperature,Coating,R\n365,C1,3\n").cause())
                .contains("Temperature = '365'");
    }
}
