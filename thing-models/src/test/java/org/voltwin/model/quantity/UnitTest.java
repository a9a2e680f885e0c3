package org.voltwin.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {
    @Test
    void convertsByTheDefinitionsOfTheSi() {
        assertThat(Unit.MILLIOHM.toInside(25)).isEqualTo(0.025, within(1e-15));
        assertThat(Unit.KELVIN.toInside(298.15)).isEqualTo(25, within(1e-9));
        assertThat(Unit.PERCENT.toInside(80)).isEqualTo(0.8, within(1e-15));
        assertThat(Unit.PERCENT.fromInside(0.8)).isEqualTo(80, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource
    void everyUnitIsFoundByItsSymbolAndComesBack(Unit unit) {
        assertThat(Unit.parse(unit.symbol())).contains(unit);
        assertThat(unit.fromInside(unit.toInside(12.5))).isEqualTo(12.5, within(1e-12));
        assertThat(unit.inside().inside()).isEqualTo(unit.inside());
    }

    @Test
    void anUnknownUnitIsNotGuessed() {
        assertThat(Unit.parse("furlong")).isEmpty();
    }
}
