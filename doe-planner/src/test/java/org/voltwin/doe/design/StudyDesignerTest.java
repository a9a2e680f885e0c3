package org.voltwin.doe.design;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voltwin.doe.factors.Study;
import org.voltwin.doe.factors.StudyReader;
import org.voltwin.model.failure.Failure;
import org.voltwin.model.failure.Outcome;
import org.voltwin.model.json.Json;

class StudyDesignerTest {
    private static final String T = "{'name':'T','unit':'degC','low':-10,'high':45,'levels':3}";
    private static final String RATE = "{'name':'Rate','unit':'1/h','low':0.5,'high':3,'levels':3}";
    private static final String SOC = "{'name':'SoC','unit':'%','low':10,'high':90,'levels':3}";
    private static final String CHEMISTRY = "{'name':'Chemistry','values':['NMC','LFP','NCA']}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto",
                "full-factorial",
                "fractional-factorial",
                "plackett-burman",
                "box-behnken",
                "central-composite",
                "definitive-screening",
                "latin-hypercube",
                "sobol",
                "halton",
                "d-optimal",
                "a-optimal",
                "i-optimal",
                "sequential"
            })
    void everyKindComesWithFiguresAndTheSameTwice(String kind) {
        String text = "{'kind':'" + kind + "','factors':[" + T + "," + RATE + "," + SOC
                + "],'budget':{'runs':30},'options':{'resolution':3}}";
        StudyPlan plan = plan(text);
        assertThat(plan.runs()).hasSizeBetween(4, 30);
        assertThat(plan.trust().fullFactorialRuns()).isEqualTo(27);
        assertThat(plan.trust().dEfficiency()).isPositive();
        assertThat(plan.trust().power()).isNotEmpty();
        assertThat(plan.why()).isNotBlank();
        assertThat(Json.text(plan(text))).isEqualTo(Json.text(plan));
    }

    /** Known of the full 2^3: orthogonal, D, A and G efficient, average variance (1 + 3/3)/8 over the cube. */
    @Test
    void figuresOfATwoLevelFactorial() {
        StudyPlan plan = plan("{'kind':'full-factorial','model':'main','factors':["
                + T.replace("'levels':3", "'levels':2") + "," + RATE.replace("'levels':3", "'levels':2") + ","
                + SOC.replace("'levels':3", "'levels':2") + "]}");
        assertThat(plan.trust().dEfficiency()).isCloseTo(100, within(1e-6));
        assertThat(plan.trust().aEfficiency()).isCloseTo(100, within(1e-6));
        assertThat(plan.trust().gEfficiency()).isCloseTo(100, within(1e-6));
        assertThat(plan.trust().averagePredictionVariance()).isCloseTo(0.25, within(0.005));
        assertThat(plan.trust().largestVarianceInflation()).isCloseTo(1, within(1e-9));
        // R: ncp 8, 1 and 4 degrees of freedom; 1 - pf(qf(0.95, 1, 4), 1, 4, 8)
        assertThat(plan.trust().power().getFirst().power()).isCloseTo(0.5764, within(0.01));
    }

    @Test
    void constraintsCategoriesAndCostlyChangesTogether() {
        StudyPlan plan = plan("{'factors':[{'name':'T','unit':'degC','low':-10,'high':45,'hardToChange':true}," + RATE
                + "," + CHEMISTRY + "],'constraints':['Rate <= 1.5 || T >= 10'],'budget':{'runs':24},'model':"
                + "'interactions','wholePlots':6}");
        assertThat(plan.kind()).endsWith("optimal");
        assertThat(plan.runs())
                .allSatisfy(run -> assertThat((Double) run.values().get("Rate") <= 1.5 + 1e-6
                                || (Double) run.values().get("T") >= 10 - 1e-6)
                        .isTrue());
        assertThat(plan.runs().stream().map(StudyPlan.Run::wholePlot).distinct())
                .hasSizeLessThanOrEqualTo(6);
        for (int i = 1; i < plan.runs().size(); i++) {
            if (plan.runs().get(i).wholePlot() == plan.runs().get(i - 1).wholePlot()) {
                assertThat(plan.runs().get(i).values().get("T"))
                        .isEqualTo(plan.runs().get(i - 1).values().get("T"));
            }
        }
    }

    @Test
    void sharesSumToOne() {
        StudyPlan plan = plan("{'kind':'i-optimal','model':'quadratic','factors':["
                + "{'name':'EC','type':'mixture','low':0.2,'high':0.6},{'name':'DMC','type':'mixture'},"
                + "{'name':'EMC','type':'mixture'}],'budget':{'runs':10}}");
        assertThat(plan.runs())
                .allSatisfy(run -> assertThat(run.values().values().stream()
                                .mapToDouble(v -> (Double) v)
                                .sum())
                        .isCloseTo(1, within(1e-9)));
    }

    @Test
    void existingRunsAreBuiltUpon() {
        String existing = "'existingRuns':[{'T':-10,'Rate':0.5},{'T':45,'Rate':0.5},{'T':-10,'Rate':3}]";
        StudyPlan plan = plan("{'kind':'d-optimal','model':'interactions','factors':[" + T + "," + RATE + "],"
                + "'budget':{'runs':1}," + existing + "}");
        assertThat(plan.runs().getFirst().values()).containsEntry("T", 45.0).containsEntry("Rate", 3.0);
        assertThat(plan.trust().dEfficiency()).isCloseTo(100, within(1e-6));
    }

    @Test
    void blocksAreBalanced() {
        StudyPlan plan = plan("{'kind':'d-optimal','model':'main','factors':[" + T + "," + RATE
                + "],'budget':{'runs':8},'blocks':{'name':'Bench','count':2}}");
        assertThat(plan.runs().stream().filter(run -> run.block() == 1)).hasSize(4);
        assertThat(plan.trust().dEfficiency()).isCloseTo(100, within(1e-6));
    }

    /** Two-level factors A to E of 0 and 1. */
    private static String twoLevels(int count) {
        return "'factors':["
                + String.join(
                        ",",
                        IntStream.range(0, count)
                                .mapToObj(f -> "{'name':'" + (char) ('A' + f) + "','low':0,'high':1}")
                                .toList())
                + "]";
    }

    /** How much more often a product of factors is +1 than -1 in block 1. */
    private static int surplus(StudyPlan plan, String... factors) {
        return plan.runs().stream()
                .filter(run -> run.block() == 1)
                .mapToInt(run -> Arrays.stream(factors)
                        .mapToInt(f -> Double.valueOf(1).equals(run.values().get(f)) ? 1 : -1)
                        .reduce(1, (a, b) -> a * b))
                .sum();
    }

    @Test
    void blocksOfAFactorialTakeItsHighestInteractionAndNoOther() {
        StudyPlan plan = plan("{'kind':'full-factorial'," + twoLevels(3) + ",'blocks':2}");

        for (String[] effect : new String[][] {{"A"}, {"B"}, {"C"}, {"A", "B"}, {"A", "C"}, {"B", "C"}}) {
            assertThat(surplus(plan, effect)).isZero();
        }
        assertThat(Math.abs(surplus(plan, "A", "B", "C"))).isEqualTo(4);
        assertThat(plan.trust().model()).contains("Block", "A:B");
        assertThat(plan.trust().fullFactorialRuns()).isEqualTo(8);
        // 8 runs, 7 parameters and one difference between blocks leave nothing for the error.
        assertThat(plan.trust().power()).allMatch(power -> power.power() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plackett-burman", "fractional-factorial"})
    void blocksOfAScreeningDesignHideNoMainEffect(String kind) {
        StudyPlan plan = plan("{'kind':'" + kind + "'," + twoLevels(5) + ",'blocks':2,'options':{'resolution':5}}");

        for (String factor : List.of("A", "B", "C", "D", "E")) {
            assertThat(surplus(plan, factor)).isZero();
        }
    }

    @Test
    void whatBlocksHideIsNamedAndNotCounted() {
        StudyPlan plan = plan("{'kind':'full-factorial'," + twoLevels(2) + ",'blocks':2}");

        assertThat(plan.why()).contains("A difference between blocks cannot be told from A:B");
        assertThat(plan.trust().model()).containsExactly("constant", "A", "B", "Block");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'options':{'alpha':5}                             | options.alpha is 5.
            'options':{'effect':-2}                           | options.effect is -2.
            'options':{'starts':1000000000}                   | options.starts is 1000000000.
            'response':{'noise':-1}                           | response.noise is -1.
            'plotVarianceRatio':-3                            | plotVarianceRatio is -3.
            'replicates':5000                                 | 4 runs made 5000 times are more than the 10000
            'centrePoints':1000000                            | centrePoints is 1000000.
            'blocks':0                                        | blocks is 0.
            'budget':{'runs':1000000}                         | The budget is 1000000 runs; designs have at most 10000.
            'budget':{'runs':8,'hoursPerRun':'A-5'}           | budget.hoursPerRun, 'A-5', is -5.0 h at
            'budget':{'channelHours':9,'hoursPerRun':'1/(A-A)'} | budget.hoursPerRun, '1/(A-A)', is Infinity h at
            """)
    void valuesThatMeanNothingAreNamed(String keys, String cause) {
        assertThat(refusal("{'kind':'full-factorial'," + twoLevels(2) + "," + keys + "}")
                        .cause())
                .startsWith(cause);
    }

    @Test
    void onlyTheConstraintsThatContradictAreNamed() {
        String cause = refusal("{'factors':[{'name':'T','low':0,'high':45},{'name':'C','low':0.2,'high':2}],"
                        + "'constraints':[{'coefficients':{'T':1,'C':-2},'atMost':3},'C < 1.9','T * C >= 80']}")
                .cause();

        assertThat(cause)
                .isEqualTo("None of 200000 points tried within the ranges T 0.0..45.0, C 0.2..2.0 keeps to"
                        + " T - 2 * C <= 3; T * C >= 80.");
    }

    @Test
    void aFactorialThatFindsTooLittleSaysHowOftenToMakeIt() {
        StudyPlan once = plan("{'kind':'full-factorial'," + twoLevels(2) + "}");
        StudyPlan thrice = plan("{'kind':'full-factorial'," + twoLevels(2) + ",'replicates':3}");

        assertThat(once.notes()).anyMatch(note -> note.contains("about 11 runs (replicates: 3 makes 12)"));
        assertThat(thrice.trust().power()).allMatch(power -> power.power() != null && power.power() >= 0.8);
    }

    @Test
    void hardToChangeIsTrueOrFalse() {
        assertThat(refusal("{'factors':[{'name':'A','low':0,'high':1,'hardToChange':'very'}]}")
                        .cause())
                .isEqualTo("factors[0].hardToChange is 'very'.");
    }

    @Test
    void hoursLimitTheRuns() {
        StudyPlan plan = plan("{'kind':'d-optimal','model':'main','factors':[" + T + "," + RATE
                + "],'budget':{'channelHours':40,'hoursPerRun':5}}");
        assertThat(plan.runs()).hasSize(8);
        assertThat(plan.hours()).isEqualTo(40);
    }

    @Test
    void refusalsNameWhatIsWrong() {
        assertThat(refusal("{'factors':[{'name':'T','low':40,'high':10}]}").cause())
                .contains("'T'", "40.0", "10.0");
        assertThat(refusal("{'factors':[" + T + "," + T + "]}").code()).isEqualTo("design.duplicate_factor");
        assertThat(refusal("{'factors':[" + T + "],'constraint':[]}").cause()).contains("'constraint'");
        assertThat(refusal("{'factors':[" + T + "],'constraints':['Temp > 3']}").cause())
                .contains("'Temp'", "T");
        assertThat(refusal("{'factors':[" + T + "," + RATE
                                + "],'constraints':['T + 10 * Rate <= -3','Rate >= 1','T <= 40']}")
                        .cause())
                .contains("T + 10 * Rate <= -3", "Rate >= 1")
                .doesNotContain("T <= 40");
        assertThat(refusal("{'kind':'d-optimal','model':'quadratic','factors':[" + T + "," + RATE
                                + "],'budget':{'runs':5}}")
                        .cause())
                .contains("6 parameters", "5 runs");
        assertThat(refusal("{'kind':'star','factors':[" + T + "]}").remedy()).contains("box-behnken");
        assertThat(refusal("{'factors':[{'name':'T','unit':'furlong','low':1,'high':2}]}")
                        .cause())
                .contains("furlong");
        assertThat(refusal("{'kind':'full-factorial','factors':[" + T + "," + RATE + "],'budget':{'runs':8}}")
                        .cause())
                .contains("9 runs", "8");
    }

    /** The bad inputs of the requirement: each remedy says what would help. */
    @Test
    void refusalsSayWhatWouldHelp() {
        assertThat(refusal("{'factors':[{'name':'T','low':40,'high':10}]}").remedy())
                .isNotBlank();
        assertThat(refusal("{'factors':[" + T + "],'constraints':['T <= 1','T >= 2']}")
                        .remedy())
                .isNotBlank();
        assertThat(refusal("{'kind':'d-optimal','model':'quadratic','factors':[" + T + "," + RATE
                                + "],'budget':{'runs':5}}")
                        .remedy())
                .contains("at least 6 runs", "smaller model");
    }

    private static Outcome<StudyPlan> design(String text) {
        byte[] json = text.replace('\'', '"').getBytes(UTF_8);
        Outcome<Study> study = Json.read(json, JsonNode.class).flatMap(StudyReader::read);
        return study.flatMap(new StudyDesigner()::design);
    }

    private static StudyPlan plan(String text) {
        return design(text).orThrow();
    }

    private static Failure refusal(String text) {
        return ((Outcome.Refused<StudyPlan>) design(text)).failure();
    }

    @Test
    void aSplitPlotThatCannotSeeItsHardFactorSaysSoAndHowManyWholePlotsWould() {
        String text = "{'kind':'d-optimal','model':'main','factors':[{'name':'T','unit':'degC','low':-10,'high':45,"
                + "'hardToChange':true}," + RATE + "," + SOC + "],'budget':{'runs':24},'wholePlots':4}";
        StudyPlan plan = plan(text);
        assertThat(plan.notes()).anyMatch(note -> note.contains("An effect of T") && note.contains("wholePlots: "));
        String note = plan.notes().stream()
                .filter(n -> n.contains("An effect of T"))
                .findFirst()
                .orElseThrow();
        int needed = Integer.parseInt(note.replaceAll(".*wholePlots: (\\d+).*", "$1"));
        StudyPlan enough = plan(
                text.replace("'wholePlots':4", "'wholePlots':" + needed).replace("'runs':24", "'runs':" + 6 * needed));
        assertThat(enough.trust().power().getFirst().power()).isGreaterThan(0.75);
    }

    @Test
    void wholePlotsBelowTheParametersOfHardFactorsAreRefused() {
        assertThat(refusal("{'kind':'d-optimal','model':'quadratic','factors':[{'name':'T','unit':'degC','low':-10,"
                                + "'high':45,'hardToChange':true}," + RATE + "],'budget':{'runs':12},'wholePlots':2}")
                        .cause())
                .contains("wholePlots is 2", "3 parameters");
    }
}
