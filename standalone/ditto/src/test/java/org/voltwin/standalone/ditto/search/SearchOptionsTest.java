package org.voltwin.standalone.ditto.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.thingsearch.model.SortOptionEntry;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.voltwin.standalone.ditto.column.Complex;

class SearchOptionsTest {
    private static SearchOptions parse(String text) {
        return SearchOptions.parse(text, 25, 200, DittoHeaders.empty());
    }

    @Test
    void readsDittosOptions() {
        var options = parse("sort(+thingId,-attributes/n),size(7),cursor(abc)");

        assertThat(options.sort())
                .containsExactly(SortOptionEntry.asc("/thingId"), SortOptionEntry.desc("/attributes/n"));
        assertThat(options.size()).isEqualTo(7);
        assertThat(options.cursor()).isEqualTo("abc");
        assertThat(parse(null).size()).isEqualTo(25);
        assertThat(parse("limit(10,5)").offset()).isEqualTo(10);
    }

    @Test
    void aPlusThatBecameABlankStillMeansAscending() {
        assertThat(parse("sort( thingId)").sort()).containsExactly(SortOptionEntry.asc("/thingId"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String text : List.of("size(0)", "size(201)", "size(x)", "top(3)", "sort()", "limit(1)", "size(3)x")) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(InvalidOptionException.class);
        }
    }

    @Test
    void aCursorComesBackAsThePositionItWasMadeFrom() {
        var position = new SortPosition(new Object[] {3.5, "x"}, "org.test:a");

        var again = SortPosition.ofCursor(position.toCursor("query", List.of()), "query", 2, DittoHeaders.empty());
        assertThat(again.values()).containsExactly(3.5, "x");
        assertThat(again.thingId()).isEqualTo("org.test:a");
        assertThatThrownBy(() -> SortPosition.ofCursor(
                        position.toCursor("query", List.of()), "another", 2, DittoHeaders.empty()))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void valuesOfDifferentTypesHaveOneOrder() {
        var ascending = List.of(
                new SortPosition(new Object[] {null}, "z"),
                new SortPosition(new Object[] {-1L}, "y"),
                new SortPosition(new Object[] {9.5}, "xx"),
                new SortPosition(new Object[] {10L}, "x"),
                new SortPosition(new Object[] {"1"}, "w"),
                new SortPosition(new Object[] {new Complex("{}")}, "vv"),
                new SortPosition(new Object[] {false}, "v"),
                new SortPosition(new Object[] {true}, "u"));

        for (int i = 1; i < ascending.size(); i++) {
            assertThat(ascending.get(i - 1).compareTo(ascending.get(i), new boolean[1]))
                    .isNegative();
        }
    }
}
