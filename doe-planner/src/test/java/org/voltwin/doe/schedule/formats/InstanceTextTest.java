package org.voltwin.doe.schedule.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voltwin.doe.schedule.project.Project;
import org.voltwin.doe.schedule.shop.FlexibleShop;

class InstanceTextTest {
    private static final String SMALL_PROJECT = """
            ************************************************************************
            file with basedata            : small.bas
            jobs (incl. supersource/sink ):  3
            RESOURCES
              - renewable                 :  2   R
              - nonrenewable              :  0   N
              - doubly constrained        :  0   D
            PRECEDENCE RELATIONS:
            jobnr.    #modes  #successors   successors
               1        1          2           2   3
               2        1          1           3
               3        1          %s
            ************************************************************************
            REQUESTS/DURATIONS:
            jobnr. mode duration  R 1  R 2
            ------------------------------------------------------------------------
              1      1     0       0    0
              2      1     8       4    0
              3      1     4       %s    3
            ************************************************************************
            RESOURCEAVAILABILITIES:
              R 1  R 2
               10    4
            """;

    @Test
    void readsAFlexibleJobShop() {
        FlexibleShop shop =
                FjspText.read("2 3 1.5\n 2 1 1 5 2 2 4 3 6 \n\n1 1 3 7\n").orThrow();

        assertThat(shop.machines()).isEqualTo(3);
        assertThat(shop.jobs().get(0).get(1).choices())
                .containsExactly(new FlexibleShop.Choice(1, 4), new FlexibleShop.Choice(2, 6));
        assertThat(shop.operations()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                        | The file is empty
            '2 3\\n1 1 1 5'           | 1 jobs of the 2
            '1 3\\n1 1 4 5'           | Line 2: a machine of operation 1 is 4 and not within 1..3
            '1 3\\n1 1 2'             | Line 2 ends where a duration of operation 1 is expected
            '1 3\\n1 1 2 x'           | is not a whole number
            '1 3\\n1 0'               | the number of machines of operation 1 is 0
            '1 3\\n1 1 2 3 9'         | Line 2 goes on after its 1 operations
            """)
    void saysWhatIsWrongWithAFlexibleJobShop(String text, String message) {
        assertThatThrownBy(() -> FjspText.read(text.replace("\\n", "\n")).orThrow())
                .hasMessageContaining(message);
    }

    @Test
    void readsAProject() {
        Project project = PsplibText.read(SMALL_PROJECT.formatted("0", "2")).orThrow();

        assertThat(project.capacities()).containsExactly(10, 4);
        assertThat(project.activities().get(1)).isEqualTo(new Project.Activity(8, List.of(4, 0), List.of(2)));
        assertThat(project.activities().get(0).successors()).containsExactly(1, 2);
    }

    @Test
    void namesACycleOfPrecedences() {
        assertThatThrownBy(() ->
                        PsplibText.read(SMALL_PROJECT.formatted("1 2", "2")).orThrow())
                .hasMessageContaining("cycle: jobs 3 -> 2 -> 3");
    }

    @Test
    void namesADemandAboveTheCapacity() {
        assertThatThrownBy(() ->
                        PsplibText.read(SMALL_PROJECT.formatted("0", "11")).orThrow())
                .hasMessageContaining("Job 3 needs 11 of resource 1, which has 10");
    }
}
