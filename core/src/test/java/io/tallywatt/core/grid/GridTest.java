package io.tallywatt.core.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    private static final Grid GRID = Grid.aroundGreatBritain();

    private static Cable cable(String name) {
        return GRID.cable(name).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "IFA, 1985-12-31, -1",
        "IFA, 1986-01-01, 2000",
        "IFA, 2016-11-20, 2000",
        "IFA, 2016-11-21, 1000",
        "IFA, 2021-09-15, 2000",
        "IFA, 2021-09-16, -1",
        "IFA, 2021-10-20, 1000",
        "IFA, 2022-12-19, 1000",
        "IFA, 2022-12-20, 1500",
        "IFA, 2026-01-01, 2000",
        "ElecLink, 2022-05-24, -1",
        "ElecLink, 2022-05-25, 1000",
        "NSL, 2021-09-30, -1",
        "NSL, 2021-12-31, 700",
        "NSL, 2022-01-01, 1400",
        "Viking, 2024-01-13, 800",
        "Viking, 2024-01-14, 1400",
        "Moyle, 2011-09-01, -1",
        "Moyle, 2014-06-01, 250",
        "Moyle, 2026-06-01, 500",
        "Greenlink, 2025-01-28, -1",
        "Greenlink, 2025-01-29, 500",
    })
    void capacitiesHoldFromTheirDays(String name, LocalDate date, int mw) {
        assertThat(cable(name).capacityMw(date)).isEqualTo(mw < 0 ? OptionalInt.empty() : OptionalInt.of(mw));
    }

    @Test
    void aBorderCarriesWhatItsCablesInServiceDo() {
        Border france = Border.parse("FR-GB");
        assertThat(GRID.capacityMw(france, LocalDate.parse("1970-01-01"))).isEmpty();
        assertThat(GRID.capacityMw(france, LocalDate.parse("2021-10-01"))).hasValue(1000);
        assertThat(GRID.inService(france, LocalDate.parse("2021-10-01")))
                .extracting(Cable::name)
                .containsExactly("IFA2");
        assertThat(GRID.capacityMw(france, LocalDate.parse("2026-10-01"))).hasValue(4000);
        assertThat(GRID.inService(france, LocalDate.parse("2026-10-01")))
                .extracting(Cable::name)
                .containsExactly("IFA", "IFA2", "ElecLink");
    }

    @Test
    void everyCableLiesOnABorderThatIsShownAndEveryBorderHasOne() {
        assertThat(GRID.cables()).allSatisfy(c -> assertThat(GRID.borders()).contains(c.border()));
        assertThat(GRID.borders()).allSatisfy(b -> assertThat(GRID.cables(b)).isNotEmpty());
        assertThat(GRID.borders())
                .allSatisfy(b -> assertThat(GRID.zoneOf(b).getId()).isEqualTo("Europe/London"));
    }

    @Test
    void aSettingReplacesTheCapacitiesOfOneCable() {
        Grid other = GRID.withCapacities("Viking", " 800@2023-12-29 , 0@2024-02-01,1400@2024-03-01");
        assertThat(other.cables())
                .extracting(Cable::name)
                .isEqualTo(GRID.cables().stream().map(Cable::name).toList());
        Cable viking = other.cable("Viking").orElseThrow();
        assertThat(viking.capacityMw(LocalDate.parse("2024-01-31"))).hasValue(800);
        assertThat(viking.capacityMw(LocalDate.parse("2024-02-29"))).isEmpty();
        assertThat(viking.capacityMw(LocalDate.parse("2024-03-01"))).hasValue(1400);
        assertThat(other.cable("IFA")).isEqualTo(GRID.cable("IFA"));
    }

    @Test
    void capacitiesAreWrittenAsTheyAreRead() {
        assertThat(GRID.cables())
                .allSatisfy(c ->
                        assertThat(Cable.parseCapacities(c.capacitiesText())).isEqualTo(c.capacities()));
        assertThat(Cable.parseCapacities("2000@1986-01-01"))
                .isEqualTo(List.of(new Cable.Capacity(LocalDate.parse("1986-01-01"), 2000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Expected capacities as MW@DATE",
                "2000 | but got '2000'",
                "2000@1986-01-01, | but got '' in '2000@1986-01-01,'",
                "2000@1986-01-01;1000@1990-01-01 | Expected a date such as 2021-09-16",
                "2000@1986-02-30 | Expected a date such as 2021-09-16 behind the @, but got '2000@1986-02-30'",
                "2e3@1986-01-01 | but got '2e3@1986-01-01'",
                "-5@1986-01-01 | but got '-5@1986-01-01'",
                "999999999@1986-01-01 | from 0 to 100000 MW, but got 999999999",
                "99999999999@1986-01-01 | but got '99999999999@1986-01-01'",
                "1000@2021-09-16,2000@1986-01-01 | but 2000@1986-01-01 follows 1000@2021-09-16",
                "1000@2021-09-16,2000@2021-09-16 | in the order of their dates",
            })
    void whatIsNoCapacityIsSaidSo(String text, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRID.withCapacities("IFA", text))
                .withMessageContaining(says);
    }

    @Test
    void anUnknownCableIsToldOfWithThoseKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GRID.withCapacities("Ifa", "2000@1986-01-01"))
                .withMessageContaining("no cable 'Ifa'")
                .withMessageContaining("IFA, IFA2, ElecLink");
    }

    @Test
    void capacitiesOutOfOrderAreNoCable() {
        List<Cable.Capacity> wrong = List.of(
                new Cable.Capacity(LocalDate.parse("2021-01-01"), 1),
                new Cable.Capacity(LocalDate.parse("2020-01-01"), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> cable("IFA").with(wrong));
    }
}
