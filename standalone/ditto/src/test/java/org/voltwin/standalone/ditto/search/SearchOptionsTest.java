package org.voltwin.standalone.ditto.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.thingsearch.model.SortOptionEntry;
import org.eclipse.ditto.thingsearch.model.signals.commands.exceptions.InvalidOptionException;
import org.junit.jupiter.api.Test;

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
        var position = new SortPosition(List.of(JsonValue.of(3.5), JsonValue.of("x")), "org.test:a");

        assertThat(SortPosition.ofCursor(position.toCursor("query"), "query", 2, DittoHeaders.empty()))
                .isEqualTo(position);
        assertThatThrownBy(() -> SortPosition.ofCursor(position.toCursor("query"), "another", 2, DittoHeaders.empty()))
                .isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void valuesOfDifferentTypesHaveOneOrder() {
        var sort = List.of(SortOptionEntry.asc("/a"));
        var ascending = List.of(
                new SortPosition(List.of(JsonValue.nullLiteral()), "z"),
                new SortPosition(List.of(JsonValue.of(-1)), "y"),
                new SortPosition(List.of(JsonValue.of(10)), "x"),
                new SortPosition(List.of(JsonValue.of("1")), "w"),
                new SortPosition(List.of(JsonValue.of(false)), "v"),
                new SortPosition(List.of(JsonValue.of(true)), "u"));

        for (int i = 1; i < ascending.size(); i++) {
            assertThat(ascending.get(i - 1).compareTo(ascending.get(i), sort)).isNegative();
        }
    }
}
