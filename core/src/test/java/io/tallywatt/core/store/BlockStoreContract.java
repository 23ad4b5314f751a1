package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.rollup.JournalEntry;
import io.tallywatt.core.rollup.Tally;
import io.tallywatt.core.store.GivenDocument.Where;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link BlockStore} does. */
public abstract class BlockStoreContract extends StoreContract {
    private static final Series GENERATION = new Series("site", "S1", "generation", null);
    private static final Series E1 = new Series("meter", "X", "consumption", "E1");
    private static final Series E2 = new Series("meter", "X", "consumption", "E2");

    // What a delivery does to a block.

    @Test
    void newBlockIsStoredAsGiven() {
        Delivery delivery = take(document("a", M1, "1 2.5 - e3"));

        assertThat(counts(delivery)).isEqualTo("1 0 0 0 0");
        assertThat(delivery.counts().readings()).isEqualTo(3);
        assertThat(delivery.counts().rows()).isEqualTo(1);
        assertThat(shown(M1)).isEqualTo("1 2.5 - e3");
        assertThat(total()).isEqualTo("6.5 kWh of 1, 0 silent; 4: 2a 1e 0s 0i 1m");
    }

    @Test
    void sameReadingsFromAnotherDeliveryAreUnchanged() {
        take(document("a", M1, "1 2 3 4"));
        Delivery again = take(later(1, document("b", M1, "1 2.0 3 4.00")));

        assertThat(counts(again)).isEqualTo("0 1 0 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(codes(again)).isEmpty();
    }

    @Test
    void missingIntervalsAreFilled() {
        take(document("a", M1, "1 - - 4"));
        Delivery more = take(later(1, document("b", M1, "- 2 e3 -")));

        assertThat(counts(more)).isEqualTo("0 0 1 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 e3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 3a 1e 0s 0i 0m");
        assertThat(sources(blocks(M1, DAY, DAY.plusDays(1), null).getFirst())).isEqualTo("2:2 1:2");
    }

    @Test
    void correctionReplacesAndKeepsWhatItDoesNotName() {
        Delivery first = take(document("a", M1, "1 2 3 4"));
        Delivery second = take(later(1, document("b", M1, "- 2.125 - e5")));

        assertThat(counts(second)).isEqualTo("0 0 0 1 0");
        assertThat(shown(M1)).isEqualTo("1 2.125 3 e5");
        assertThat(total()).isEqualTo("11.125 kWh of 1, 0 silent; 4: 3a 1e 0s 0i 0m");
        assertThat(shown(M1, first.knownAt())).isEqualTo("1 2 3 4");
    }

    @Test
    void correctionToFewerDigitsIsExact() {
        take(document("a", M1, "0.123456789 1 2 3"));
        take(later(1, document("b", M1, "0.1 - - -")));

        assertThat(shown(M1)).isEqualTo("0.1 1 2 3");
        assertThat(total()).isEqualTo("6.1 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    @Test
    void nothingIsLeftOfABlockWhoseOnlyDeliveryIsWithdrawn() {
        Delivery delivery = take(document("a", M1, "1 2 3 4"));
        Delivery withdrawn = withdraw(delivery);

        assertThat(counts(withdrawn)).isEqualTo("0 0 0 0 1");
        assertThat(withdrawn.state()).isEqualTo(DeliveryState.WITHDRAWN);
        assertThat(shown(M1)).isEqualTo("none");
        assertThat(shownOn(DAY, null)).isEmpty();
        assertThat(total()).isEqualTo("0 kWh of 0, 0 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void absentAndEmptyCellsChangeNothing() {
        take(document("a", M1, "1 2 3 4"));
        Delivery empty = take(later(1, document("b", M1, "- - - -")).with(M2, quarters(DAY, "- - - -")));

        assertThat(counts(empty)).isEqualTo("0 0 0 0 0");
        assertThat(shownOn(DAY, null)).isEqualTo("meter/M1/consumption: 1 2 3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(store.find(M2)).isEmpty();
    }

    @Test
    void seriesWhoseFirstRowsWereEmptyIsKnownByItsFirstReadings() {
        take(document("a", M1, "- - - -"));
        take(document("b", M1, "1 2 3 4"));

        assertThat(store.find(M1).orElseThrow().resolution()).isEqualTo("PT6H");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    // Once.

    @Test
    void sameBytesReadTheSameWayChangeNothing() {
        Delivery first = take(document("a", M1, "1 2 3 4"));
        Taken again = store.take(document("another name", M1, "1 2 3 4").digest("digest of a"));

        assertThat(again).isEqualTo(new Taken.Known(first));
        assertThat(ledger.deliveries()).containsExactly(first);
        take(document("b", M2, "1 1 1 1"));
        assertThat(total()).isEqualTo("14 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
    }

    @Test
    void sameBytesReadInAnotherUnitReplaceWhatTheyGave() {
        Delivery first = take(document("a", M1, "1000 2000 3000 4000").with(M2, quarters(DAY, "1 1 1 1")));
        Delivery again = take(document("a", M1, "1 2 3 4").settings("Wh"));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.receivedAt()).isEqualTo(first.receivedAt());
        assertThat(counts(again)).isEqualTo("0 0 0 1 1");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(shown(M2)).isEqualTo("none");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(total(DAY, first.knownAt())).isEqualTo("10004 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
    }

    @Test
    void rereadingThatGivesTheSameIsUnchangedAndStaysWithdrawable() {
        take(document("a", M1, "1 2 3 4"));
        Delivery again = take(document("a", M1, "1 2 3 4").settings("other words"));
        assertThat(counts(again)).isEqualTo("0 1 0 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");

        withdraw(again);
        assertThat(shown(M1)).isEqualTo("none");
        assertThat(shown(M1, again.knownAt())).isEqualTo("1 2 3 4");
    }

    @Test
    void sameBytesReadInAnotherZoneMoveTheSeries() {
        Delivery first = take(document("a").with(M1, quarters(DAY, "1 2 3 4")));
        DayBlock moved = Blocks.regular(DAY, PARIS, "PT6H", "1 2 3 4");
        Delivery again = take(document("a").in(PARIS).settings("Paris").with(M1, moved));

        assertThat(rejects(again)).isEmpty();
        StoredBlock now = blocks(M1, DAY, DAY.plusDays(1), null).getFirst();
        assertThat(now.zone()).isEqualTo(PARIS);
        assertThat(now.block()).isEqualTo(moved);
        assertThat(store.find(M1).orElseThrow().zone()).isEqualTo(PARIS);
        assertThat(totalOf(DAY, null).zone()).isEqualTo("Europe/Paris");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");

        StoredBlock then = blocks(M1, DAY, DAY.plusDays(1), first.knownAt()).getFirst();
        assertThat(then.zone()).isEqualTo(UTC);
        assertThat(totalOf(DAY, first.knownAt()).zone()).isEqualTo("UTC");
        assertThat(total(DAY.plusDays(3), null)).isEqualTo("0 kWh of 0, 1 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void anotherZoneIsRejectedWhileAnotherDeliveryHoldsTheSeries() {
        take(document("a", M1, "1 2 3 4"));
        Delivery foreign = take(document("b")
                .in(PARIS)
                .with(M1, Blocks.regular(DAY.plusDays(9), PARIS, "PT6H", "1 2 3 4"))
                .with(M2, Blocks.regular(DAY, PARIS, "PT6H", "1 1 1 1")));

        assertThat(rejects(foreign))
                .extracting(Reject::line, Reject::code)
                .containsExactly(tuple(1L, RejectCode.ZONE_CONFLICT));
        assertThat(foreign.counts().rejected()).isEqualTo(1);
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(shown(M1, DAY.plusDays(9), null)).isEqualTo("none");
        assertThat(shown(M2)).isEqualTo("1 1 1 1");
        assertThat(totalOf(DAY, null).zone()).isEqualTo("mixed");
        assertThat(total()).isEqualTo("14 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
    }

    @Test
    void anotherZoneIsTakenOnceTheOldOneIsEmpty() {
        Delivery old = take(document("a", M1, "1 2 3 4"));
        withdraw(old);
        Delivery moved = take(document("b").in(PARIS).with(M1, Blocks.regular(DAY, PARIS, "PT6H", "5 5 5 5")));

        assertThat(rejects(moved)).isEmpty();
        assertThat(totalOf(DAY, null).zone()).isEqualTo("Europe/Paris");
        assertThat(total()).isEqualTo("20 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");

        Delivery back = take(document("a", M1, "1 2 3 4"));
        assertThat(rejects(back)).hasSize(1);
        assertThat(total()).isEqualTo("20 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    @Test
    void aSeriesKeepsTheUnitOfItsFirstDeliveryAndTakesNothingInAnother() {
        Series flow = Series.parse("border/FR-GB/flow");
        Series price = Series.parse("zone/FR/price");
        take(document("a").unit("MW").with(flow, quarters(DAY, "1 2 3 4")));
        Delivery other = take(document("b")
                .unit("EUR/MWh")
                .with(flow, quarters(DAY.plusDays(1), "9 9 9 9"))
                .with(price, quarters(DAY, "50 60 70 80")));

        assertThat(store.find(flow).orElseThrow().unit()).isEqualTo("MW");
        assertThat(store.find(price).orElseThrow().unit()).isEqualTo("EUR/MWh");
        assertThat(rejects(other))
                .extracting(Reject::line, Reject::code)
                .containsExactly(tuple(1L, RejectCode.UNIT_CONFLICT));
        assertThat(shown(flow)).isEqualTo("1 2 3 4");
        assertThat(shown(flow, DAY.plusDays(1), null)).isEqualTo("none");
        assertThat(shown(price)).isEqualTo("50 60 70 80");
    }

    @Test
    void documentsOfSeveralUnitsTakenTogetherComeToTheSameAsOneAfterTheOther() {
        Series flow = Series.parse("border/FR-GB/flow");
        Series price = Series.parse("zone/FR/price");
        take(document("known").unit("MW").with(flow, quarters(DAY, "1 2 3 4")));
        List<Attempt> attempts = store.takeAll(List.of(
                document("a").unit("MW").with(flow, quarters(DAY, "5 2 3 4")),
                document("b").unit("EUR/MWh").with(price, quarters(DAY, "50 60 70 80")),
                document("c").with(flow, quarters(DAY, "7 7 7 7"))));

        assertThat(attempts).allMatch(attempt -> attempt instanceof Attempt.Done);
        Attempt.Done last = (Attempt.Done) attempts.getLast();
        assertThat(rejects(last.taken().delivery())).extracting(Reject::code).containsExactly(RejectCode.UNIT_CONFLICT);
        assertThat(store.find(flow).orElseThrow().unit()).isEqualTo("MW");
        assertThat(store.find(price).orElseThrow().unit()).isEqualTo("EUR/MWh");
        assertThat(shown(flow)).isEqualTo("5 2 3 4");
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    // Withdrawing.

    @Test
    void withdrawingBringsTheOlderReadingBackToLight() {
        take(document("a", M1, "1 2 3 4"));
        Delivery second = take(later(1, document("b", M1, "9 - 9 9")));
        Delivery withdrawn = withdraw(second);

        assertThat(counts(withdrawn)).isEqualTo("0 0 0 1 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(shownOn(DAY, null)).isEqualTo("meter/M1/consumption: 1 2 3 4");
        assertThat(shown(M1, withdrawn.knownAt().minusNanos(1))).isEqualTo("9 2 9 9");
        assertThat(shownOn(DAY, second.knownAt())).isEqualTo("meter/M1/consumption: 9 2 9 9");
        assertThat(total(DAY, second.knownAt())).isEqualTo("29 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    @Test
    void withdrawingTheOlderOfTwoLeavesTheNewer() {
        Delivery first = take(document("a", M1, "1 2 3 4"));
        take(later(1, document("b", M1, "9 - - -")));
        withdraw(first);

        assertThat(shown(M1)).isEqualTo("9 - - -");
        assertThat(total()).isEqualTo("9 kWh of 1, 0 silent; 4: 1a 0e 0s 0i 3m");
    }

    @Test
    void withdrawingOneOfTwoThatSaidTheSameChangesNoReading() {
        Delivery first = take(document("a", M1, "1 2 3 4"));
        Delivery second = take(later(1, document("b", M1, "1 2 3 4")));
        Delivery withdrawn = withdraw(first);

        assertThat(counts(withdrawn)).isEqualTo("0 1 0 0 0");
        StoredBlock block = blocks(M1, DAY, DAY.plusDays(1), null).getFirst();
        assertThat(Blocks.shown(block.block(), UTC)).isEqualTo("1 2 3 4");
        assertThat(sources(block)).isEqualTo("2:4");
        assertThat(block.knownAt()).isEqualTo(first.knownAt());

        take(later(2, document("c", M1, "1 2 3 4")));
        withdraw(second);
        assertThat(sources(blocks(M1, DAY, DAY.plusDays(1), null).getFirst())).isEqualTo("3:4");
        assertThat(shown(M1, second.knownAt())).isEqualTo("1 2 3 4");
    }

    @Test
    void withdrawingTwiceIsTheSameAsOnce() {
        Delivery delivery = take(document("a", M1, "1 2 3 4"));
        Delivery once = withdraw(delivery);
        Delivery twice = withdraw(delivery);

        assertThat(twice).isEqualTo(once);
        assertThat(ledger.deliveries()).containsExactly(once);
    }

    @Test
    void withdrawnDeliveryCanBeTakenAgain() {
        Delivery first = take(document("a", M1, "1 2 3 4"));
        Delivery withdrawn = withdraw(first);
        Delivery again = take(document("a", M1, "1 2 3 4"));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(DeliveryState.TAKEN);
        assertThat(counts(again)).isEqualTo("1 0 0 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(shown(M1, first.knownAt())).isEqualTo("1 2 3 4");
        assertThat(shown(M1, withdrawn.knownAt())).isEqualTo("none");
        assertThat(total(DAY, withdrawn.knownAt())).isEqualTo("0 kWh of 0, 0 silent; 0: 0a 0e 0s 0i 0m");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        withdraw(again);
        assertThat(shown(M1)).isEqualTo("none");
    }

    @Test
    void unknownDeliveryCannotBeWithdrawn() {
        take(document("a", M1, "1 2 3 4"));
        assertThatThrownBy(() -> store.withdraw(77))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("77");
    }

    // Precedence.

    @Test
    void olderDeliveryThatComesLateIsStoredAsSuperseded() {
        Delivery newer = take(later(10, document("newer", M1, "9 9 - -")));
        Delivery older = take(document("older", M1, "1 2 3 -"));

        assertThat(codes(older)).containsExactly(NoticeCode.OLDER_THAN_STORED);
        assertThat(counts(older)).isEqualTo("0 0 1 0 0");
        assertThat(shown(M1)).isEqualTo("9 9 3 -");
        assertThat(sources(blocks(M1, DAY, DAY.plusDays(1), null).getFirst())).isEqualTo("1:2 2:1");
        withdraw(newer);
        assertThat(shown(M1)).isEqualTo("1 2 3 -");
        assertThat(total()).isEqualTo("6 kWh of 1, 0 silent; 4: 3a 0e 0s 0i 1m");
    }

    @Test
    void lateDeliveryThatChangesNothingLeavesTheBlockAsItWasKnown() {
        Delivery newer = take(later(10, document("newer", M1, "9 9 9 9")));
        Delivery older = take(document("older", M1, "1 2 3 4"));

        assertThat(counts(older)).isEqualTo("0 1 0 0 0");
        StoredBlock block = blocks(M1, DAY, DAY.plusDays(1), null).getFirst();
        assertThat(block.knownAt()).isEqualTo(newer.knownAt());
        assertThat(sources(block)).isEqualTo("1:4 2:0");
        withdraw(newer);
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
    }

    @Test
    void resultDoesNotDependOnTheOrderOfProcessing() throws Exception {
        List<List<Integer>> orders = permutations(List.of(0, 1, 2, 3));
        assertThat(orders).hasSize(24);
        LocalDate day = LocalDate.of(2000, 1, 1);
        List<String> results = new ArrayList<>();
        for (List<Integer> order : orders) {
            String prefix = "P" + results.size() + "-";
            Series one = Series.meterConsumption(prefix + 1);
            Series two = Series.meterConsumption(prefix + 2);
            LocalDate date = day.plusYears(results.size());
            for (int i : order) {
                GivenDocument given = switch (i) {
                    case 0 ->
                        document(prefix + "a")
                                .with(one, quarters(date, "1 1 1 1"))
                                .with(two, quarters(date, "1 - - -"));
                    case 1 ->
                        document(prefix + "b")
                                .with(one, quarters(date, "2 2 - -"))
                                .with(two, quarters(date, "- 2 - e2"));
                    case 2 ->
                        document(prefix + "c")
                                .with(one, quarters(date, "- 3 3 -"))
                                .with(two, quarters(date, "i-3 - - -"));
                    default ->
                        document(prefix + "d")
                                .with(one, quarters(date, "- - 3 4"))
                                .with(two, quarters(date, "- - s4.5 -"));
                };
                take(later(i, given));
            }
            String sources = blocksOn(date, null).stream()
                    .flatMap(b -> b.sources().stream())
                    .map(s -> s.name().substring(prefix.length()) + s.readings() + "@" + s.line())
                    .toList()
                    .toString();
            results.add(shownOn(date, null).replace(prefix, "") + " " + total(date, null) + " " + sources);
        }
        assertThat(Collections.frequency(results, results.getFirst())).isEqualTo(24);
        assertThat(results.getFirst())
                .isEqualTo(
                        "meter/1/consumption: 2 3 3 4; meter/2/consumption: i-3 2 s4.5 e2 "
                                + "20.5 kWh of 2, 0 silent; 8: 5a 1e 1s 1i 0m [d2@1, c1@1, b1@1, a0@1, d1@2, c1@2, b2@2, a0@2]");
    }

    private static <T> List<List<T>> permutations(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : of) {
            List<T> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<T> tail : permutations(rest)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void deliveriesReceivedAtTheSameInstantCountInTheOrderOfTheirIds() {
        take(document("a", M1, "1 1 1 1"));
        take(document("b", M1, "2 2 2 2"));
        assertThat(shown(M1)).isEqualTo("2 2 2 2");
        take(document("a", M1, "3 3 3 3").settings("other"));
        assertThat(shown(M1)).isEqualTo("2 2 2 2");
    }

    @Test
    void receivedInstantsCountToTheMicrosecondInEveryCase() {
        take(document("a", M1, "1 1 1 1").receivedAt(RECEIVED.plusNanos(900)));
        take(document("b", M1, "2 2 2 2").receivedAt(RECEIVED.plusNanos(100)));
        assertThat(shown(M1)).isEqualTo("2 2 2 2");
        take(document("c", M1, "- - - 3").receivedAt(RECEIVED.minusSeconds(1)));
        assertThat(shown(M1)).isEqualTo("2 2 2 2");
        assertThat(ledger.delivery(1).orElseThrow().receivedAt()).isEqualTo(RECEIVED);
    }

    // As known at.

    @Test
    void knownAtGrowsThoughTheClockStandsStillOrGoesBack() {
        Delivery a = store.take(document("a", M1, "1 1 1 1")).delivery();
        Delivery b = store.take(later(1, document("b", M1, "2 2 2 2"))).delivery();
        clock.advance(Duration.ofHours(-5));
        Delivery c = store.take(later(2, document("c", M1, "3 3 3 3"))).delivery();
        Delivery d = store.withdraw(c.id());

        assertThat(List.of(a.knownAt(), b.knownAt(), c.knownAt(), d.knownAt()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(shown(M1, a.knownAt())).isEqualTo("1 1 1 1");
        assertThat(shown(M1, b.knownAt())).isEqualTo("2 2 2 2");
        assertThat(shown(M1, c.knownAt())).isEqualTo("3 3 3 3");
        assertThat(shown(M1, d.knownAt())).isEqualTo("2 2 2 2");
    }

    @Test
    void everyEarlierStateCanBeAskedFor() {
        List<Instant> known = new ArrayList<>();
        Delivery a = take(document("a", M1, "1 2 - -"));
        known.add(a.knownAt());
        Delivery b = take(later(1, document("b", M1, "- - 3 -").with(M2, quarters(DAY, "5 5 5 5"))));
        known.add(b.knownAt());
        known.add(take(later(2, document("c", M1, "- 7 - i-1"))).knownAt());
        known.add(withdraw(b).knownAt());
        known.add(take(later(1, document("b", M1, "- - 3 -")).settings("other")).knownAt());
        known.add(withdraw(a).knownAt());

        List<String> shown = List.of("1 2 - -", "1 2 3 -", "1 7 3 i-1", "1 7 - i-1", "1 7 3 i-1", "- 7 3 i-1");
        List<String> totals = List.of(
                "3 kWh of 1, 0 silent; 4: 2a 0e 0s 0i 2m",
                "26 kWh of 2, 0 silent; 8: 7a 0e 0s 0i 1m",
                "31 kWh of 2, 0 silent; 8: 7a 0e 0s 1i 0m",
                "8 kWh of 1, 0 silent; 4: 2a 0e 0s 1i 1m",
                "11 kWh of 1, 0 silent; 4: 3a 0e 0s 1i 0m",
                "10 kWh of 1, 0 silent; 4: 2a 0e 0s 1i 1m");
        for (int i = 0; i < known.size(); i++) {
            Instant at = known.get(i);
            assertThat(shown(M1, at)).as("step " + i).isEqualTo(shown.get(i));
            assertThat(total(DAY, at)).as("step " + i).isEqualTo(totals.get(i));
            String both = "meter/M1/consumption: " + shown.get(i);
            assertThat(shownOn(DAY, at))
                    .as("step " + i)
                    .isEqualTo(i == 1 || i == 2 ? both + "; meter/M2/consumption: 5 5 5 5" : both);
            assertThat(totalOf(DAY, at).knownAt()).isEqualTo(at);
            assertThat(blocks(M1, DAY, DAY.plusDays(1), at).getFirst().knownAt())
                    .isEqualTo(at);
        }
        assertThat(shown(M1, known.getFirst().minusNanos(1000))).isEqualTo("none");
        assertThat(shown(M1, known.getFirst().minusNanos(1))).isEqualTo("none");
        assertThat(total(DAY, known.getFirst().minusNanos(1))).isEqualTo("0 kWh of 0, 0 silent; 0: 0a 0e 0s 0i 0m");
        assertThat(shown(M1)).isEqualTo("- 7 3 i-1");
    }

    @Test
    void changesOfADateAddUpToWhatItWasAtEachInstant() {
        Delivery a = take(document("a", M1, "1 2 - -"));
        take(later(1, document("b", M1, "- - 3 -").with(M2, quarters(DAY, "5 5 5 5"))));
        take(later(2, document("other").with(M1, quarters(DAY.plusDays(1), "9 9 9 9"))));
        withdraw(a);

        List<JournalEntry> changes = store.changes(DAY);
        assertThat(changes).isSortedAccordingTo(Comparator.comparing(JournalEntry::knownAt));
        assertThat(changes.stream().map(JournalEntry::knownAt).distinct()).hasSize(3);
        for (JournalEntry change : changes) {
            Instant at = change.knownAt();
            Tally until = changes.stream()
                    .filter(c -> !c.knownAt().isAfter(at))
                    .map(JournalEntry::tally)
                    .reduce(Tally.NONE, Tally::plus);
            Tally known = store.totals(DAY, DAY.plusDays(1), at).stream()
                    .map(JournalEntry::tally)
                    .reduce(Tally.NONE, Tally::plus);
            assertThat(until.minus(known).isZero()).as("as of " + at).isTrue();
        }
        assertThat(store.changes(DAY.minusDays(1))).isEmpty();
    }

    @Test
    void journalSaysWhenADateLastChanged() {
        Delivery a = take(document("a", M1, "1 2 3 4"));
        Delivery other = take(document("b").with(M1, quarters(DAY.plusDays(50), "1 2 3 4")));

        List<JournalEntry> entries = store.totals(DAY, DAY.plusDays(1), null);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().knownAt()).isEqualTo(a.knownAt());
        assertThat(entries.getFirst().tally().energyKwh()).isEqualByComparingTo(new BigDecimal(10));
        assertThat(store.totals(DAY.plusDays(50), DAY.plusDays(51), null)
                        .getFirst()
                        .knownAt())
                .isEqualTo(other.knownAt());
        assertThat(store.totals(DAY.minusDays(1), DAY, null)).isEmpty();
    }

    // What counts.

    @Test
    void missingIsNotZero() {
        take(document("a", M1, "- 0 - 0").with(M2, quarters(DAY, "- - i-5 -")));

        assertThat(shown(M1)).isEqualTo("- 0 - 0");
        assertThat(total()).isEqualTo("0 kWh of 1, 0 silent; 8: 2a 0e 0s 1i 5m");
        DayBlock block = blocks(M1, DAY, DAY.plusDays(1), null).getFirst().block();
        assertThat(block.readings(0).getFirst().value()).isNull();
    }

    @Test
    void invalidReadingsAreShownAndCountedButNotSummed() {
        take(document("a", M1, "1 i-99 i1000000 2"));
        assertThat(shown(M1)).isEqualTo("1 i-99 i1000000 2");
        assertThat(total()).isEqualTo("3 kWh of 1, 0 silent; 4: 2a 0e 0s 2i 0m");
    }

    @Test
    void estimatedAndSubstitutedReadingsCount() {
        take(document("a", M1, "1 e2 s4 e8"));
        assertThat(total()).isEqualTo("15 kWh of 1, 0 silent; 4: 1a 2e 1s 0i 0m");
        take(later(1, document("b", M1, "- 2 - -")));
        assertThat(total()).isEqualTo("15 kWh of 1, 0 silent; 4: 2a 1e 1s 0i 0m");
    }

    @Test
    void sumsAreExactToTheNinthDigit() {
        GivenDocument document = document("a");
        BigDecimal expected = BigDecimal.ZERO;
        for (int m = 0; m < 500; m++) {
            BigDecimal value = new BigDecimal("0.000000001").multiply(BigDecimal.valueOf(m * 7_919L + 1));
            BigDecimal great = BigDecimal.valueOf(m + 4_000_000_000L);
            document.with(
                    Series.meterConsumption("S" + m), quarters(DAY, value.toPlainString() + " 0.1 0.02 " + great));
            expected = expected.add(value).add(new BigDecimal("0.12")).add(great);
        }
        take(document.perBatch(100));
        assertThat(totalOf(DAY, null).total()).isEqualByComparingTo(expected);
    }

    @Test
    void onlyConsumptionOfMetersIsPartOfTotals() {
        take(document("a", M1, "1 2 3 4")
                .with(GENERATION, quarters(DAY, "100 100 100 100"))
                .with(new Series("home", "H", "consumption", null), quarters(DAY, "50 50 50 50")));
        take(later(1, document("b").with(GENERATION, quarters(DAY, "- 200 - -"))));

        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(shownOn(DAY, null)).isEqualTo("meter/M1/consumption: 1 2 3 4");
        assertThat(shown(GENERATION)).isEqualTo("100 200 100 100");
        assertThat(total(DAY.plusDays(1), null)).isEqualTo("0 kWh of 0, 1 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void registersOfOneMeterCountAsOneMeter() {
        Delivery first = take(document("a").with(E1, quarters(DAY, "1 1 1 1")));
        take(document("b").with(E2, quarters(DAY, "2 2 2 2")));
        assertThat(total()).isEqualTo("12 kWh of 1, 0 silent; 8: 8a 0e 0s 0i 0m");
        assertThat(shownOn(DAY, null)).isEqualTo("meter/X/consumption/E1: 1 1 1 1; meter/X/consumption/E2: 2 2 2 2");

        take(document("c").with(E1, quarters(DAY.plusDays(1), "1 1 1 1")));
        assertThat(total(DAY.plusDays(1), null)).isEqualTo("4 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        withdraw(first);
        assertThat(total()).isEqualTo("8 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        take(document("d").with(Series.meterConsumption("X"), quarters(DAY, "5 - - -")));
        assertThat(total()).isEqualTo("13 kWh of 1, 0 silent; 8: 5a 0e 0s 0i 3m");
    }

    @Test
    void registersInOneDeliveryCountAsOneMeter() {
        take(document("a")
                .with(E1, quarters(DAY, "1 1 1 1"))
                .with(E2, quarters(DAY, "2 2 2 2"))
                .with(M1, quarters(DAY, "1 - - -")));
        assertThat(total()).isEqualTo("13 kWh of 2, 0 silent; 12: 9a 0e 0s 0i 3m");
        assertThat(total(DAY.plusDays(2), null)).isEqualTo("0 kWh of 0, 2 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void meterIsSilentForThirtyFiveDays() {
        Delivery delivery = take(document("a", M1, "1 2 3 4").with(M2, quarters(DAY.plusDays(20), "1 1 1 1")));

        assertThat(total(DAY, null)).contains("of 1, 0 silent");
        assertThat(total(DAY.plusDays(1), null)).contains("of 0, 1 silent");
        assertThat(total(DAY.plusDays(20), null)).contains("of 1, 1 silent");
        assertThat(total(DAY.plusDays(35), null)).contains("of 0, 2 silent");
        assertThat(total(DAY.plusDays(36), null)).contains("of 0, 1 silent");
        assertThat(total(DAY.plusDays(55), null)).contains("of 0, 1 silent");
        assertThat(total(DAY.plusDays(56), null)).contains("of 0, 0 silent");
        assertThat(total(DAY.minusDays(1), null)).contains("of 0, 0 silent");

        Delivery more = take(document("b").with(M1, quarters(DAY.plusDays(35), "1 2 3 4")));
        assertThat(total(DAY.plusDays(35), null)).contains("of 1, 1 silent");
        assertThat(total(DAY.plusDays(36), null)).contains("of 0, 2 silent");
        assertThat(total(DAY.plusDays(70), null)).contains("of 0, 1 silent");
        assertThat(total(DAY.plusDays(71), null)).contains("of 0, 0 silent");
        assertThat(total(DAY.plusDays(36), delivery.knownAt())).contains("of 0, 1 silent");
        withdraw(more);
        assertThat(total(DAY.plusDays(35), null)).contains("of 0, 2 silent");
        assertThat(total(DAY.plusDays(36), more.knownAt())).contains("of 0, 2 silent");
        assertThat(total(DAY.plusDays(36), null)).contains("of 0, 1 silent");
    }

    @Test
    void meterWithoutAReadingThatCountsIsNotSeen() {
        take(document("a", M1, "i-1 - - -"));
        assertThat(total()).isEqualTo("0 kWh of 0, 0 silent; 4: 0a 0e 0s 1i 3m");
        assertThat(total(DAY.plusDays(1), null)).contains("of 0, 0 silent");
        take(later(1, document("b", M1, "1 - - -")));
        assertThat(total(DAY.plusDays(1), null)).contains("of 0, 1 silent");
        take(later(2, document("c", M1, "i-1 - - -")));
        assertThat(total()).isEqualTo("0 kWh of 0, 0 silent; 4: 0a 0e 0s 1i 3m");
        assertThat(total(DAY.plusDays(1), null)).contains("of 0, 0 silent");
    }

    @Test
    void totalsAddUpOverZones() {
        take(document("a").in(LONDON).with(M1, Blocks.regular(DAY, LONDON, "PT6H", "1 2 3 4")));
        take(document("b").in(PARIS).with(M2, Blocks.regular(DAY, PARIS, "PT6H", "1 1 1 -")));

        assertThat(totalOf(DAY, null).zone()).isEqualTo("mixed");
        assertThat(total()).isEqualTo("13 kWh of 2, 0 silent; 8: 7a 0e 0s 0i 1m");
        assertThat(store.totals(DAY, DAY.plusDays(1), null))
                .extracting(JournalEntry::zone)
                .containsExactly("Europe/London", "Europe/Paris");
    }

    // Days and resolutions.

    @Test
    void clockChangeDaysHaveTheirOwnCounts() {
        LocalDate spring = LocalDate.of(2024, 3, 31);
        LocalDate autumn = LocalDate.of(2024, 10, 27);
        take(document("a")
                .in(LONDON)
                .with(M1, Blocks.filled(spring, LONDON, "PT30M", i -> "0.5"))
                .with(M1, Blocks.filled(autumn, LONDON, "PT30M", i -> "0.25")));

        assertThat(total(spring, null)).isEqualTo("23 kWh of 1, 0 silent; 46: 46a 0e 0s 0i 0m");
        assertThat(total(autumn, null)).isEqualTo("12.5 kWh of 1, 0 silent; 50: 50a 0e 0s 0i 0m");
        StoredBlock block = blocks(M1, autumn, autumn.plusDays(1), null).getFirst();
        assertThat(block.block().readings(0).getLast().interval().end())
                .isEqualTo(Instant.parse("2024-10-28T00:00:00Z"));
    }

    @Test
    void dailyValuesSpanTheirDay() {
        LocalDate spring = LocalDate.of(2024, 3, 31);
        take(document("a")
                .in(LONDON)
                .with(M1, Blocks.regular(spring, LONDON, "P1D", "7"))
                .with(M1, Blocks.regular(LocalDate.of(2024, 10, 27), LONDON, "P1D", "8")));

        assertThat(total(spring, null)).isEqualTo("7 kWh of 1, 0 silent; 1: 1a 0e 0s 0i 0m");
        assertThat(store.find(M1).orElseThrow().resolution()).isEqualTo("P1D");
        assertThat(shown(M1, spring, null)).isEqualTo("7");
    }

    @Test
    void irregularBlocksKeepTheirExactIntervals() {
        take(document("a").with(M1, Blocks.irregular(DAY, UTC, "00:00-00:07=1.5 00:07-09:00=e2 10:00-24:00=3")));
        Delivery second =
                take(later(1, document("b").with(M1, Blocks.irregular(DAY, UTC, "00:07-09:00=2.5 09:00-09:30=1"))));

        assertThat(counts(second)).isEqualTo("0 0 0 1 0");
        assertThat(shown(M1)).isEqualTo("00:00-00:07=1.5 00:07-09:00=2.5 09:00-09:30=1 10:00-24:00=3");
        assertThat(sources(blocks(M1, DAY, DAY.plusDays(1), null).getFirst())).isEqualTo("2:2 1:2");
        assertThat(total()).isEqualTo("8 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(store.find(M1).orElseThrow().resolution()).isEqualTo("irregular");
        withdraw(second);
        assertThat(shown(M1)).isEqualTo("00:00-00:07=1.5 00:07-09:00=e2 10:00-24:00=3");
    }

    @Test
    void laterIrregularReadingTakesThePlaceOfAllItOverlaps() {
        take(document("a").with(M1, Blocks.irregular(DAY, UTC, "01:00-02:00=1 02:00-03:00=2 03:00-04:00=3")));
        take(later(1, document("b").with(M1, Blocks.irregular(DAY, UTC, "01:30-03:00=9"))));
        assertThat(shown(M1)).isEqualTo("01:30-03:00=9 03:00-04:00=3");
    }

    @Test
    void anotherResolutionIsRejected() {
        take(document("a", M1, "1 2 3 4"));
        Delivery coarse = take(later(1, document("b").with(M1, Blocks.regular(DAY, UTC, "PT12H", "9 9"))));
        Delivery partial = take(later(
                2,
                document("c")
                        .with(M1, Blocks.regular(DAY, UTC, "PT3H", "9 9 9 9 - - - -"))
                        .with(M1, quarters(DAY.plusDays(1), "1 1 1 1"))));
        Delivery exact = take(later(3, document("d").with(M1, Blocks.irregular(DAY, UTC, "01:00-02:00=9"))));

        for (Delivery conflicting : List.of(coarse, partial, exact)) {
            assertThat(rejects(conflicting)).extracting(Reject::code).containsExactly(RejectCode.RESOLUTION_CONFLICT);
            assertThat(conflicting.counts().rejected()).isEqualTo(1);
        }
        assertThat(counts(coarse)).isEqualTo("0 0 0 0 0");
        assertThat(counts(partial)).isEqualTo("1 0 0 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
    }

    @Test
    void finerReadingsThatCoverTheDayReplaceCoarserOnes() {
        take(document("a", M1, "1 2 3 4"));
        Delivery fine = take(later(1, document("b").with(M1, Blocks.regular(DAY, UTC, "PT3H", "1 1 1 1 1 1 1 i-1"))));

        assertThat(rejects(fine)).isEmpty();
        assertThat(counts(fine)).isEqualTo("0 0 0 1 0");
        assertThat(shown(M1)).isEqualTo("1 1 1 1 1 1 1 i-1");
        assertThat(total()).isEqualTo("7 kWh of 1, 0 silent; 8: 7a 0e 0s 1i 0m");
        withdraw(fine);
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(shown(M1, fine.knownAt())).isEqualTo("1 1 1 1 1 1 1 i-1");
    }

    @Test
    void finerReadingsInSeveralPartsOfADocumentCoverTheDayTogether() {
        take(document("a").with(M1, Blocks.regular(DAY, UTC, "P1D", "10")));
        Delivery fine = take(later(
                1,
                document("b")
                        .perBatch(1)
                        .with(M1, quarters(DAY, "1 2 - -"))
                        .with(M2, quarters(DAY, "1 1 1 1"))
                        .with(M1, quarters(DAY, "- - 3 4"))));

        assertThat(rejects(fine)).isEmpty();
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
    }

    @Test
    void supersededRowBesideFinerReadingsThatCoverTheDayIsNoConflict() {
        take(document("a").with(M1, Blocks.regular(DAY, UTC, "P1D", "10")));
        Delivery fine =
                take(later(1, document("b").with(M1, quarters(DAY, "9 - - -")).with(M1, quarters(DAY, "1 2 3 4"))));

        assertThat(rejects(fine)).isEmpty();
        assertThat(codes(fine)).containsExactly(NoticeCode.DUPLICATE_IN_FILE);
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
    }

    @Test
    void dailyTotalBesideFinerReadingsIsCheckedAndNeverAdded() {
        Delivery fine = take(document("a", M1, "1 2 3 4"));
        Delivery right = take(later(1, document("b").with(M1, Blocks.regular(DAY, UTC, "P1D", "10"))));
        Delivery wrong = take(later(2, document("c").with(M1, Blocks.regular(DAY, UTC, "P1D", "11"))));

        assertThat(codes(right)).isEmpty();
        assertThat(codes(wrong)).containsExactly(NoticeCode.TOTAL_MISMATCH);
        assertThat(rejects(wrong)).isEmpty();
        assertThat(counts(wrong)).isEqualTo("0 1 0 0 0");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        withdraw(fine);
        assertThat(shown(M1)).isEqualTo("11");
        withdraw(wrong);
        assertThat(shown(M1)).isEqualTo("10");
    }

    @Test
    void dailyTotalThatCameFirstIsCheckedToo() {
        take(document("a").with(M1, Blocks.regular(DAY, UTC, "P1D", "11")));
        Delivery fine =
                take(later(1, document("b").with(M2, quarters(DAY, "1 1 1 1")).with(M1, quarters(DAY, "1 2 3 4"))));

        assertThat(fine.notices())
                .extracting(n -> n.code() + " " + n.firstLine())
                .containsExactly("TOTAL_MISMATCH 2");
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(total()).isEqualTo("14 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
    }

    // One document.

    @Test
    void laterLineOfADocumentCounts() {
        GivenDocument twice = document("a", M1, "1 2 3 4").with(M1, quarters(DAY, "1 9 - -"));
        Delivery delivery = take(twice);

        assertThat(shown(M1)).isEqualTo("1 9 3 4");
        assertThat(codes(delivery)).containsExactly(NoticeCode.DUPLICATE_IN_FILE);
        assertThat(counts(delivery)).isEqualTo("1 0 0 0 0");
        assertThat(total()).isEqualTo("17 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(sources(blocks(M1, DAY, DAY.plusDays(1), null).getFirst())).isEqualTo("1:4");
        withdraw(delivery);
        assertThat(shown(M1)).isEqualTo("none");
        assertThat(total()).isEqualTo("0 kWh of 0, 0 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void laterLineCountsForDaysThatAreStoredToo() {
        take(document("a", M1, "1 2 3 4"));
        Delivery delivery = take(later(1, document("b", M1, "5 - - -").with(M1, quarters(DAY, "6 - - 7"))));

        assertThat(shown(M1)).isEqualTo("6 2 3 7");
        assertThat(codes(delivery)).containsExactly(NoticeCode.DUPLICATE_IN_FILE);
    }

    @Test
    void repeatedDayInALargeDocumentIsFoundHoweverBlocksAreDealtOut() {
        GivenDocument large = document("a").perBatch(50);
        for (int m = 0; m < 2000; m++) {
            large.with(Series.meterConsumption("L" + m), quarters(DAY, "1 1 1 1"));
        }
        for (int m = 0; m < 2000; m += 250) {
            large.with(Series.meterConsumption("L" + m), quarters(DAY, "- 3 - -"));
        }
        Delivery delivery = take(large);

        assertThat(counts(delivery)).isEqualTo("2000 0 0 0 0");
        assertThat(delivery.counts().rows()).isEqualTo(2008);
        assertThat(delivery.notices())
                .extracting(n -> n.code() + " " + n.count())
                .containsExactly("DUPLICATE_IN_FILE 8");
        assertThat(large.passes()).isLessThanOrEqualTo(2);
        assertThat(total()).isEqualTo("8016 kWh of 2000, 0 silent; 8000: 8000a 0e 0s 0i 0m");
        assertThat(shown(Series.meterConsumption("L250"))).isEqualTo("1 3 1 1");
        assertThat(shown(Series.meterConsumption("L251"))).isEqualTo("1 1 1 1");
        withdraw(delivery);
        assertThat(total()).isEqualTo("0 kWh of 0, 0 silent; 0: 0a 0e 0s 0i 0m");
    }

    @Test
    void fragmentsOfADayAreJoined() {
        Delivery delivery = take(document("a")
                .perBatch(1)
                .with(M1, quarters(DAY, "1 - - -"))
                .with(M2, quarters(DAY, "5 5 5 5"))
                .with(M1, quarters(DAY, "- 2 - -"))
                .with(M1, quarters(DAY, "1 - 3 e4.5")));

        assertThat(shown(M1)).isEqualTo("1 2 3 e4.5");
        assertThat(codes(delivery)).isEmpty();
        assertThat(counts(delivery)).isEqualTo("2 0 0 0 0");
        assertThat(blocks(M1, DAY, DAY.plusDays(1), null).getFirst().sources())
                .containsExactly(new StoredBlock.Source(1, "a", 1, 4));
    }

    @Test
    void fragmentsOfAnIrregularDayAreJoined() {
        Delivery delivery = take(document("a")
                .perBatch(1)
                .with(M1, Blocks.irregular(DAY, UTC, "01:00-02:00=1 04:00-05:00=4"))
                .with(M1, Blocks.irregular(DAY, UTC, "02:00-03:00=2 04:00-05:00=4")));

        assertThat(shown(M1)).isEqualTo("01:00-02:00=1 02:00-03:00=2 04:00-05:00=4");
        assertThat(codes(delivery)).isEmpty();
    }

    @Test
    void manyDaysOfOneSeriesComeBackInOrder() {
        GivenDocument year = document("a").perBatch(7);
        for (int d = 365; d >= 0; d--) {
            LocalDate date = DAY.plusDays(d);
            int value = d;
            year.with(M1, Blocks.filled(date, UTC, "PT1H", i -> value + "." + i));
        }
        take(year);
        take(later(1, document("b").with(M1, Blocks.filled(DAY.plusDays(100), UTC, "PT1H", i -> "e7"))));

        List<StoredBlock> blocks = blocks(M1, DAY, DAY.plusDays(366), null);
        assertThat(blocks).extracting(b -> b.block().date()).isSorted().hasSize(366);
        assertThat(blocks.get(99).block()).isEqualTo(Blocks.filled(DAY.plusDays(99), UTC, "PT1H", i -> "99." + i));
        assertThat(blocks.get(100).block().count(Quality.ESTIMATED)).isEqualTo(24);
        assertThat(blocks(M1, DAY.plusDays(3), DAY.plusDays(5), null))
                .extracting(b -> b.block().date())
                .containsExactly(DAY.plusDays(3), DAY.plusDays(4));
        assertThat(blocks(M2, DAY, DAY.plusDays(366), null)).isEmpty();
    }

    @Test
    void batchesOfPlainAndMarkedBlocksDoNotMix() {
        GivenDocument mixed = document("a").perBatch(2);
        for (int m = 0; m < 40; m++) {
            String values = switch (m / 2 % 4) {
                case 0 -> "1 2 3 4";
                case 1 -> "- e2 i-3 s4";
                case 2 -> "5 6 7.5 8";
                default -> "- - - 1";
            };
            mixed.with(Series.meterConsumption("B" + m), quarters(DAY, values));
            if (m % 5 == 0) {
                mixed.with(
                        Series.meterConsumption("I" + m), Blocks.irregular(DAY, UTC, "01:00-02:00=1 02:30-03:00=e2"));
            }
        }
        take(mixed);
        for (int m = 0; m < 40; m++) {
            assertThat(shown(Series.meterConsumption("B" + m)))
                    .isEqualTo(
                            switch (m / 2 % 4) {
                                case 0 -> "1 2 3 4";
                                case 1 -> "- e2 i-3 s4";
                                case 2 -> "5 6 7.5 8";
                                default -> "- - - 1";
                            });
        }
        assertThat(shown(Series.meterConsumption("I15"))).isEqualTo("01:00-02:00=1 02:30-03:00=e2");
    }

    // The catalogue.

    @Test
    void seriesAreKnownByTheDatesTheySpan() {
        take(document("a", M1, "1 2 3 4").with(GENERATION, quarters(DAY, "1 1 1 1")));
        take(document("b")
                .with(M1, quarters(DAY.plusDays(5), "1 2 3 4"))
                .with(M1, quarters(DAY.minusDays(5), "1 2 3 4")));
        Delivery inside = take(document("c").with(M1, quarters(DAY.plusDays(1), "1 1 1 1")));

        assertThat(counts(inside)).isEqualTo("1 0 0 0 0");
        assertThat(store.find(M1))
                .contains(new StoredSeries(M1, "kWh", "electricity", "PT6H", UTC, DAY.minusDays(5), DAY.plusDays(5)));
        assertThat(store.find(M2)).isEmpty();
        try (Stream<StoredSeries> all = store.series("")) {
            assertThat(all.map(s -> s.series().toString()))
                    .containsExactly("meter/M1/consumption", "site/S1/generation");
        }
        try (Stream<StoredSeries> some = store.series("site/")) {
            assertThat(some).extracting(StoredSeries::series).containsExactly(GENERATION);
        }
    }

    @Test
    void seriesAreFoundByAPartOfTheirNameAndComeInPages() {
        GivenDocument document = document("a");
        for (String key : List.of("EE-1", "ee-2", "X%1", "EE-3", "North")) {
            document = document.with(Series.meterConsumption(key), quarters(DAY, "1 2 3 4"));
        }
        take(document);

        assertThat(named(new SeriesSearch("", "ee-", "", 9))).containsExactly("EE-1", "EE-3", "ee-2");
        assertThat(named(new SeriesSearch("", "ee-", "", 2))).containsExactly("EE-1", "EE-3");
        assertThat(named(new SeriesSearch("", "ee-", "meter/EE-3/consumption", 2)))
                .containsExactly("ee-2");
        assertThat(named(new SeriesSearch("meter/N", "TH", "", 9))).containsExactly("North");
        assertThat(named(new SeriesSearch("", "%", "", 9))).isEmpty();
        assertThat(named(new SeriesSearch("home/", "", "", 9))).isEmpty();
    }

    private List<String> named(SeriesSearch search) {
        try (Stream<StoredSeries> found = store.series(search)) {
            return found.map(s -> s.series().key()).toList();
        }
    }

    @Test
    void unusualKeysAreKeptApart() {
        Series slash = Series.meterConsumption("a/b");
        Series umlaut = Series.meterConsumption("Zähler '7' %_");
        take(document("a").with(slash, quarters(DAY, "1 1 1 1")).with(umlaut, quarters(DAY, "2 2 2 2")));
        assertThat(shown(slash)).isEqualTo("1 1 1 1");
        assertThat(shown(umlaut)).isEqualTo("2 2 2 2");
        assertThat(store.find(umlaut).orElseThrow().series()).isEqualTo(umlaut);
        assertThat(blocksOn(DAY, null)).extracting(StoredBlock::series).containsExactlyInAnyOrder(slash, umlaut);
    }

    // Whole or not at all.

    @ParameterizedTest
    @EnumSource(Where.class)
    void documentThatBreaksLeavesNothing(Where where) {
        Delivery before = take(document("a", M1, "1 2 3 4"));
        RuntimeException broken =
                new UnreadableDocument(UnreadableDocument.Reason.IO, "Reading stopped after 17 bytes");
        GivenDocument document = later(1, document("b"))
                .perBatch(2)
                .withRejects(5)
                .with(M1, quarters(DAY, "9 9 9 9"))
                .with(M2, quarters(DAY, "9 9 9 9"))
                .with(M1, quarters(DAY.plusDays(1), "9 9 9 9"))
                .with(E1, quarters(DAY.plusDays(1), "9 9 9 9"))
                .breakingAt(where, broken);

        assertThatThrownBy(() -> store.take(document)).isSameAs(broken);
        assertThat(ledger.deliveries()).containsExactly(before);
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
        assertThat(total()).isEqualTo("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m");
        assertThat(total(DAY.plusDays(1), null)).isEqualTo("0 kWh of 0, 1 silent; 0: 0a 0e 0s 0i 0m");
        assertThat(store.find(E1)).isEmpty();

        Delivery after =
                take(later(2, document("c").with(E2, quarters(DAY, "1 1 1 1")).with(M1, quarters(DAY, "- - - 5"))));
        assertThat(after.id()).isEqualTo(2);
        assertThat(total()).isEqualTo("15 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
        assertThat(shown(M1)).isEqualTo("1 2 3 5");
    }

    @Test
    void failureOfOneTakeIsNotToldAgainByTheNext() {
        IllegalStateException broken = new IllegalStateException("once");
        assertThatThrownBy(() -> store.take(document("a", M1, "1 2 3 4").breakingAt(Where.FIRST_BATCH, broken)))
                .isSameAs(broken);
        assertThatThrownBy(() -> store.withdraw(1)).isInstanceOf(IllegalArgumentException.class);
        take(document("a", M1, "1 2 3 4"));
        assertThat(shown(M1)).isEqualTo("1 2 3 4");
    }

    @Test
    void readersSeeBeforeOrAfterAWriteAndNothingBetween() throws Exception {
        int meters = 300;
        GivenDocument first = document("a").perBatch(64);
        GivenDocument second = later(1, document("b")).perBatch(64);
        for (int m = 0; m < meters; m++) {
            first.with(Series.meterConsumption("R" + m), quarters(DAY, "1 1 1 1"));
            second.with(Series.meterConsumption("R" + m), quarters(DAY, "- 2 2 -"));
        }
        Delivery a = take(first);
        Series one = Series.meterConsumption("R7");
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            readers.add(Thread.ofPlatform().start(() -> {
                try {
                    while (!done.get()) {
                        lookBetween(one, a);
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        List<Instant> known = new ArrayList<>(List.of(a.knownAt()));
        for (int round = 0; round < 5; round++) {
            Delivery b = take(second.settings("round " + round));
            known.add(b.knownAt());
            known.add(withdraw(b).knownAt());
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(known).isSorted();
    }

    private void lookBetween(Series one, Delivery a) {
        assertThat(total())
                .isIn(
                        "1200 kWh of 300, 0 silent; 1200: 1200a 0e 0s 0i 0m",
                        "1800 kWh of 300, 0 silent; 1200: 1200a 0e 0s 0i 0m");
        List<StoredBlock> all = blocksOn(DAY, null);
        assertThat(all).hasSize(300);
        assertThat(all.stream()
                        .map(b -> Blocks.shown(b.block(), UTC) + " from " + sources(b))
                        .distinct()
                        .toList())
                .hasSize(1)
                .isSubsetOf("1 1 1 1 from 1:4", "1 2 2 1 from 2:2 1:2");
        assertThat(shown(one)).isIn("1 1 1 1", "1 2 2 1");
        assertThat(blocks(one, DAY, DAY.plusDays(1), a.knownAt()))
                .extracting(b -> Blocks.shown(b.block(), UTC) + " from " + sources(b))
                .containsExactly("1 1 1 1 from 1:4");
    }

    @Test
    void storeCanBeAskedWhileItTakes() {
        take(document("a", M1, "1 2 3 4"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        GivenDocument slow = later(1, document("b"))
                .perBatch(1)
                .with(M1, quarters(DAY, "9 9 9 9"))
                .with(M2, quarters(DAY, "9 9 9 9"))
                .meanwhile(() -> seen.add(total()));
        take(slow);
        assertThat(seen).isNotEmpty().allMatch(t -> t.equals("10 kWh of 1, 0 silent; 4: 4a 0e 0s 0i 0m"));
        assertThat(total()).isEqualTo("72 kWh of 2, 0 silent; 8: 8a 0e 0s 0i 0m");
    }

    @Test
    void zonesWithUnusualClockChangesKeepTheirDays() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        LocalDate change = LocalDate.of(2024, 4, 7);
        take(document("a").in(lordHowe).with(M1, Blocks.filled(change, lordHowe, "PT30M", i -> "1")));
        assertThat(total(change, null)).isEqualTo("49 kWh of 1, 0 silent; 49: 49a 0e 0s 0i 0m");
    }

    private static final Series SITE = new Series("site", "s1", "generation", null);
    private static final Series OTHER_SITE = new Series("site", "s2", "generation", null);

    private static DayBlock exact(String intervals) {
        return Blocks.irregular(DAY, UTC, intervals);
    }

    private static Delivery taken(Attempt attempt) {
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Done.class, done -> assertThat(done.taken()).isInstanceOf(Taken.Stored.class));
        return ((Attempt.Done) attempt).taken().delivery();
    }

    @Test
    void documentsTakenAtOnceGrowADayEachAsItsOwnDelivery() {
        List<Attempt> attempts = store.takeAll(List.of(
                document("1").with(SITE, exact("10:00-10:05=1.5")),
                document("2").with(SITE, exact("10:05-10:15=2")).withRejects(1),
                document("3").with(OTHER_SITE, exact("10:05-10:10=7")),
                document("4").with(SITE, exact("10:14-10:24=0.25"))));
        List<Delivery> deliveries =
                attempts.stream().map(BlockStoreContract::taken).toList();
        assertThat(deliveries)
                .extracting(BlockStoreContract::counts)
                .containsExactly("1 0 0 0 0", "0 0 1 0 0", "1 0 0 0 0", "0 0 1 0 0");
        assertThat(deliveries).extracting(Delivery::id).containsExactly(1L, 2L, 3L, 4L);
        assertThat(deliveries).isSortedAccordingTo(Comparator.comparing(Delivery::knownAt));
        assertThat(ledger.deliveries()).containsExactlyElementsOf(deliveries.reversed());
        assertThat(rejects(deliveries.get(1))).hasSize(1);
        assertThat(shown(SITE)).isEqualTo("10:00-10:05=1.5 10:05-10:14=2 10:14-10:24=0.25");
        assertThat(shown(SITE, deliveries.get(0).knownAt())).isEqualTo("10:00-10:05=1.5");
        assertThat(shown(SITE, deliveries.get(1).knownAt())).isEqualTo("10:00-10:05=1.5 10:05-10:15=2");
        assertThat(shown(OTHER_SITE)).isEqualTo("10:05-10:10=7");
        assertThat(ledger.changedAt()).isEqualTo(deliveries.getLast().knownAt());
        withdraw(deliveries.get(1));
        assertThat(shown(SITE)).isEqualTo("10:00-10:05=1.5 10:14-10:24=0.25");
    }

    @Test
    void oneBadDocumentAmongManyFailsAlone() {
        UnreadableDocument why = new UnreadableDocument(UnreadableDocument.Reason.NOT_JSON, "no");
        List<Attempt> attempts = store.takeAll(List.of(
                document("1").with(SITE, exact("10:00-10:05=1")),
                document("2")
                        .with(SITE, exact("10:05-10:10=1"))
                        .with(M1, quarters(DAY, "1 1 1 1"))
                        .breakingAt(Where.LATER_BATCH, why)
                        .perBatch(1),
                document("3").with(SITE, exact("10:10-10:15=1"))));
        assertThat(attempts.get(1)).isEqualTo(new Attempt.Failed(why));
        assertThat(taken(attempts.get(2)).id()).isEqualTo(2);
        assertThat(shown(SITE)).isEqualTo("10:00-10:05=1 10:10-10:15=1");
        assertThat(shown(M1)).isEqualTo("none");
        assertThat(store.find(M1)).isEmpty();
    }

    @Test
    void aStoreThatFailsAmidManyTakesNoneOfThemOrThoseBefore() {
        IllegalStateException failure = new IllegalStateException("broken");
        List<GivenDocument> all = List.of(
                document("1").with(SITE, exact("10:00-10:05=1")),
                document("2").with(SITE, exact("10:05-10:10=1")).breakingAt(Where.CONTENTS, failure));
        assertThatThrownBy(() -> store.takeAll(all)).isSameAs(failure);
        List<Attempt> again = store.takeAll(List.of(
                document("1").with(SITE, exact("10:00-10:05=1")), document("2").with(SITE, exact("10:05-10:10=1"))));
        assertThat(again).allSatisfy(a -> assertThat(a).isInstanceOf(Attempt.Done.class));
        assertThat(shown(SITE)).isEqualTo("10:00-10:05=1 10:05-10:10=1");
        assertThat(ledger.deliveries()).hasSize(2);
    }

    @Test
    void documentsTakenAtOnceAreWhatTheyAreOneByOne() {
        int seeds = Integer.getInteger("tallywatt.seeds", 20);
        InMemoryStore oneByOne = new InMemoryStore(clock);
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            for (int round = 0; round < 4; round++) {
                clock.advance(Duration.ofMinutes(1));
                List<Supplier<GivenDocument>> documents = documents(random, seed, seed + "." + round + ".");
                store.takeAll(documents.stream().map(Supplier::get).toList());
                documents.forEach(d -> oneByOne.take(d.get()));
                String what = "seed " + seed + ", round " + round;
                assertThat(states(ledger)).as(what).isEqualTo(states(oneByOne));
                for (Series series : List.of(SITE, OTHER_SITE, M1)) {
                    assertThat(standing(store, series)).as(what).isEqualTo(standing(oneByOne, series));
                }
                String any = ledger.deliveries()
                        .get(random.nextInt(ledger.deliveries().size()))
                        .name();
                if (random.nextBoolean()) {
                    store.withdraw(named(ledger, any));
                    oneByOne.withdraw(named(oneByOne, any));
                }
            }
        }
    }

    private static long named(Ledger ledger, String name) {
        return ledger.deliveries(DeliverySearch.named(name)).getFirst().id();
    }

    /** In which order documents are taken at once is the store's affair; so their ids are. */
    private static Map<String, String> states(Ledger ledger) {
        Map<String, String> states = new TreeMap<>();
        ledger.deliveries()
                .forEach(d -> states.put(
                        d.name(),
                        d.state() + " " + d.receivedAt() + " " + d.counts().rows()));
        return states;
    }

    private static List<String> standing(BlockStore store, Series series) {
        try (Stream<StoredBlock> blocks = store.blocks(series, DAY, DAY.plusYears(20), null)) {
            return blocks.map(b -> b.block() + " " + Blocks.shown(b.block(), UTC) + " "
                            + b.sources().stream()
                                    .map(s -> s.name() + ":" + s.line() + ":" + s.readings())
                                    .toList())
                    .toList();
        }
    }

    private List<Supplier<GivenDocument>> documents(Random random, int seed, String name) {
        List<Supplier<GivenDocument>> documents = new ArrayList<>();
        int n = 2 + random.nextInt(8);
        for (int i = 0; i < n; i++) {
            // Now and then the same bytes again, now or of an earlier round.
            String digest = random.nextInt(8) == 0 ? "again " + seed + "." + random.nextInt(3) : name + i;
            int minute = random.nextInt(4);
            Instant received = RECEIVED.plus(Duration.ofMinutes(minute)).plus(i, ChronoUnit.MICROS);
            List<Series> series = new ArrayList<>();
            List<DayBlock> blocks = new ArrayList<>();
            // The same digest is the same bytes.
            Random own = digest.startsWith("again") ? new Random(digest.hashCode()) : random;
            // Which resolution a day is kept in depends on the order of arrival, so no day has two here.
            if (own.nextInt(12) == 0) {
                series.add(M1);
                blocks.add(quarters(DAY.plusDays(2L * seed), "1 2 3 " + own.nextInt(9)));
            } else {
                for (int k = 0; k < 1 + own.nextInt(3); k++) {
                    series.add(own.nextBoolean() ? SITE : OTHER_SITE);
                    blocks.add(fiveMinutes(DAY.plusDays(2L * seed + own.nextInt(2)), own));
                }
            }
            documents.add(() -> {
                GivenDocument document = document(digest).receivedAt(received);
                for (int k = 0; k < series.size(); k++) {
                    document.with(series.get(k), blocks.get(k));
                }
                return document;
            });
        }
        return documents;
    }

    private static DayBlock fiveMinutes(LocalDate date, Random random) {
        int start = 600 + random.nextInt(30) * 5 + (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
        int end = start + 5;
        return Blocks.irregular(
                date,
                UTC,
                "%02d:%02d-%02d:%02d=%s"
                        .formatted(start / 60, start % 60, end / 60, end % 60, random.nextInt(40) / 10.0));
    }

    @Test
    void documentsTakenAtOnceAreComparedWithWhatADayHasBesides() {
        Delivery total = take(document("total").with(SITE, Blocks.regular(DAY, UTC, "P1D", "9")));
        List<Delivery> deliveries = store
                .takeAll(List.of(
                        document("1").with(SITE, exact("10:00-10:05=1.5")),
                        document("2").with(OTHER_SITE, exact("10:00-10:05=1.5")),
                        document("3").with(OTHER_SITE, Blocks.regular(DAY, UTC, "P1D", "1.5")),
                        document("4").with(OTHER_SITE, exact("10:05-10:10=1"))))
                .stream()
                .map(BlockStoreContract::taken)
                .toList();
        assertThat(total.counts().created()).isEqualTo(1);
        assertThat(rejects(deliveries.get(0)))
                .singleElement()
                .satisfies(r -> assertThat(r.code()).isEqualTo(RejectCode.RESOLUTION_CONFLICT));
        assertThat(codes(deliveries.get(2))).isEmpty();
        assertThat(codes(deliveries.get(3))).containsExactly(NoticeCode.TOTAL_MISMATCH);
        assertThat(shown(OTHER_SITE)).isEqualTo("10:00-10:05=1.5 10:05-10:10=1");
    }

    /** As {@code totals} of some meters tells it, and as their blocks do. */
    private String totalsOf(List<Series> meters, LocalDate from, LocalDate to, @Nullable Instant asOf) {
        String told = told(store.totals(meters, from, to, asOf));
        List<JournalEntry> byBlocks = new ByBlocks(store).totals(meters, from, to, asOf);
        assertThat(told).isEqualTo(told(byBlocks));
        assertThat(store.totals(meters, from, to, asOf))
                .extracting(JournalEntry::knownAt)
                .isEqualTo(byBlocks.stream().map(JournalEntry::knownAt).toList());
        return told;
    }

    private static String told(List<JournalEntry> entries) {
        return entries.stream()
                .map(e -> e.date() + " " + e.zone() + " "
                        + Scaled.text(e.tally().energyKwh()) + " of "
                        + e.tally().meters() + ", "
                        + e.tally().silent() + " silent; " + e.tally().expected() + ": "
                        + e.tally().actual() + "a " + e.tally().estimated() + "e "
                        + e.tally().substituted() + "s " + e.tally().invalid() + "i")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void someMetersComeToWhatTheirBlocksDo() {
        Series register = new Series("meter", "M1", "consumption", "E2");
        Delivery first = take(document("a")
                .with(M1, quarters(DAY, "1 2.125 e3 4"))
                .with(register, quarters(DAY, "0.5 - - 0.000000001"))
                .with(M2, quarters(DAY, "10 s20 i30 -")));
        take(document("b").in(PARIS).with(Series.meterConsumption("M3"), Blocks.regular(DAY, PARIS, "PT12H", "7 8")));
        take(document("c").with(M1, quarters(DAY.plusDays(2), "1 1 1 1")));

        assertThat(totalsOf(List.of(M1), DAY, DAY.plusDays(1), null))
                .isEqualTo(DAY + " UTC 10.625000001 of 1, 0 silent; 8: 5a 1e 0s 0i");
        assertThat(totalsOf(List.of(M1, M2, Series.meterConsumption("M3")), DAY, DAY.plusDays(3), null))
                .isEqualTo(DAY + " mixed 55.625000001 of 3, 0 silent; 14: 8a 1e 1s 1i\n"
                        + DAY.plusDays(1) + " - 0 of 0, 3 silent; 0: 0a 0e 0s 0i\n"
                        + DAY.plusDays(2) + " UTC 4 of 1, 2 silent; 4: 4a 0e 0s 0i");
        assertThat(totalsOf(List.of(M2), DAY.plusDays(35), DAY.plusDays(99), null))
                .isEqualTo(DAY.plusDays(35) + " - 0 of 0, 1 silent; 0: 0a 0e 0s 0i");
        assertThat(totalsOf(List.of(), DAY, DAY.plusDays(9), null)).isEmpty();
        assertThat(totalsOf(List.of(Series.meterConsumption("M")), DAY, DAY.plusDays(9), null))
                .isEmpty();
        assertThat(totalsOf(
                        List.of(M1, M2), DAY, DAY.plusDays(1), first.knownAt().minusNanos(1000)))
                .isEmpty();
    }

    @Test
    void someMetersAreAnsweredAsOfAnInstantThroughCorrectionsAndWithdrawals() {
        List<Series> both = List.of(M1, M2);
        Delivery first = take(document("a").with(M1, quarters(DAY, "1 2 - -")).with(M2, quarters(DAY, "1 1 1 1")));
        Delivery extended = take(later(1, document("b", M1, "- - 3 4")));
        Delivery whole = take(later(2, document("c", M1, "1 2 3 4")));
        Delivery again = take(later(3, document("d", M2, "1 1 1 1")));
        Delivery corrected = take(later(4, document("e", M1, "1 2 3 40")));
        Delivery withdrawn = withdraw(corrected);
        Delivery gone = withdraw(first);

        Function<@Nullable Instant, String> asOf = instant ->
                totalsOf(both, DAY, DAY.plusDays(1), instant).replaceAll(".* UTC (\\S+) of (\\d).*", "$1 of $2");
        assertThat(asOf.apply(first.knownAt())).isEqualTo("7 of 2");
        assertThat(asOf.apply(extended.knownAt())).isEqualTo("14 of 2");
        assertThat(asOf.apply(whole.knownAt())).isEqualTo("14 of 2");
        assertThat(asOf.apply(again.knownAt())).isEqualTo("14 of 2");
        assertThat(asOf.apply(corrected.knownAt())).isEqualTo("50 of 2");
        assertThat(asOf.apply(withdrawn.knownAt())).isEqualTo("14 of 2");
        assertThat(asOf.apply(gone.knownAt())).isEqualTo("14 of 2");
        assertThat(asOf.apply(null)).isEqualTo("14 of 2");
        for (Delivery known : List.of(first, extended, whole, again, corrected, withdrawn, gone)) {
            assertThat(told(store.totals(both, DAY, DAY.plusDays(1), known.knownAt())))
                    .isEqualTo(told(store.totals(DAY, DAY.plusDays(1), known.knownAt())));
        }
    }
}
