package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.RejectCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} does. */
public abstract class LedgerContract extends StoreContract {
    @Test
    void deliveryIsRecordedWithAllThatIsKnownOfIt() {
        Delivery delivery = take(
                document("north.csv", M1, "1 2 - e4").withRejects(2).in(UTC).settings("unit=kWh"));

        assertThat(delivery.id()).isEqualTo(1);
        assertThat(delivery.name()).isEqualTo("north.csv");
        assertThat(delivery.digest()).isEqualTo("digest of north.csv");
        assertThat(delivery.bytes()).isEqualTo(300);
        assertThat(delivery.format()).isEqualTo("given");
        assertThat(delivery.settings()).isEqualTo("unit=kWh");
        assertThat(delivery.zone()).isEqualTo("UTC");
        assertThat(delivery.receivedAt()).isEqualTo(RECEIVED);
        assertThat(delivery.knownAt()).isEqualTo(clock.instant());
        assertThat(delivery.state()).isEqualTo(DeliveryState.TAKEN);
        assertThat(delivery.reason()).isNull();
        assertThat(delivery.counts()).isEqualTo(new Counts(3, 2, 3, 1, 0, 0, 0, 0));
        assertThat(ledger.delivery(1)).contains(delivery);
        assertThat(ledger.byDigest("digest of north.csv")).contains(delivery);
        assertThat(ledger.delivery(2)).isEmpty();
        assertThat(ledger.byDigest("another")).isEmpty();
    }

    @Test
    void deliveriesAreListedLatestFirst() {
        Delivery a = take(document("a", M1, "1 1 1 1"));
        Delivery b = take(document("b", M2, "1 1 1 1"));
        assertThat(ledger.deliveries()).containsExactly(b, a);
        Delivery withdrawn = withdraw(a);
        assertThat(ledger.deliveries()).containsExactly(withdrawn, b);
    }

    @Test
    void deliveriesComeInPagesAndByStateAndName() {
        Delivery a = take(document("a", M1, "1 1 1 1"));
        Delivery b = take(document("b", M2, "1 1 1 1").with(M2, quarters(DAY, "2 2 2 2")));
        Delivery junk = ledger.quarantine("junk.bin", "d1", 17, RECEIVED, "No format recognised it");
        Delivery c = take(document("c", M1, "2 1 1 1"));

        assertThat(ledger.deliveries(new DeliverySearch(null, null, null, 2))).containsExactly(c, junk);
        assertThat(ledger.deliveries(new DeliverySearch(null, null, junk.knownAt(), 2)))
                .containsExactly(b, a);
        assertThat(b.notices()).isNotEmpty();
        assertThat(ledger.deliveries(new DeliverySearch(null, null, a.knownAt(), 2)))
                .isEmpty();
        assertThat(ledger.deliveries(new DeliverySearch(DeliveryState.QUARANTINED, null, null, 9)))
                .containsExactly(junk);
        assertThat(ledger.deliveries(DeliverySearch.named("b"))).containsExactly(b);
        assertThat(ledger.deliveries(DeliverySearch.named("B"))).isEmpty();
    }

    @Test
    void whatIsTakenIsFoundByManyNamesAtOnce() {
        String awkward = "it's; \"a\"\n\t\u20ac, [b].csv";
        take(document("a", M1, "1 1 1 1"));
        take(document("a", M1, "4 1 1 1").digest("another"));
        Delivery gone = take(document("gone", M1, "2 1 1 1"));
        take(document(awkward, M1, "3 1 1 1"));
        withdraw(gone);
        ledger.quarantine("junk", "d1", 17, RECEIVED, "No format recognised it");

        assertThat(ledger.digestsTaken(List.of())).isEmpty();
        assertThat(ledger.digestsTaken(List.of("A", "a", "a", "gone", "junk", "new", awkward)))
                .isEqualTo(Map.of("a", Set.of("digest of a", "another"), awkward, Set.of("digest of " + awkward)));
        assertThat(ledger.digestsTaken(List.of("new"))).isEmpty();
    }

    @Test
    void everyChangeIsSeenByWhenItBecameKnown() {
        assertThat(ledger.changedAt()).isEqualTo(Instant.EPOCH);
        Delivery a = take(document("a", M1, "1 1 1 1"));
        assertThat(ledger.changedAt()).isEqualTo(a.knownAt());
        store.take(document("a", M1, "1 1 1 1"));
        assertThat(ledger.changedAt()).isEqualTo(a.knownAt());
        Delivery junk = ledger.quarantine("junk.bin", "d1", 17, RECEIVED, "No format recognised it");
        assertThat(ledger.changedAt()).isEqualTo(junk.knownAt());
        Delivery withdrawn = withdraw(a);
        assertThat(ledger.changedAt()).isEqualTo(withdrawn.knownAt());
    }

    @Test
    void sizeTellsWhetherADocumentMayBeKnown() {
        assertThat(ledger.mayKnow(-1)).isFalse();
        assertThat(ledger.mayKnow(100)).isFalse();
        take(document("a", M1, "1 1 1 1"));
        assertThat(ledger.mayKnow(100)).isTrue();
        assertThat(ledger.mayKnow(101)).isFalse();
        assertThat(ledger.mayKnow(-1)).isTrue();
    }

    @Test
    void rejectsAreKeptInTheOrderOfTheirLines() {
        Delivery delivery = take(document("a", M1, "1 1 1 1").withRejects(20_000));
        Delivery other = take(document("b", M2, "1 1 1 1").withRejects(1));

        List<Reject> rejects = rejects(delivery);
        assertThat(rejects).hasSize(20_000);
        assertThat(delivery.counts().rejected()).isEqualTo(20_000);
        assertThat(rejects.stream().mapToLong(Reject::line).toArray())
                .isEqualTo(LongStream.rangeClosed(2, 20_001).toArray());
        assertThat(rejects.get(998))
                .isEqualTo(new Reject(1000, "Date", RejectCode.BAD_DATE, "'x1000' is no date", "row 1000"));
        assertThat(rejects(other)).hasSize(1);
    }

    @Test
    void rejectsAreThoseOfTheLastReading() {
        take(document("a", M1, "1 1 1 1").withRejects(4));
        Delivery again = take(document("a", M1, "1 1 1 1").withRejects(1).settings("other"));
        assertThat(rejects(again)).hasSize(1);
        assertThat(again.counts().rejected()).isEqualTo(1);
        withdraw(again);
        assertThat(rejects(again)).hasSize(1);
    }

    @Test
    void awkwardTextIsKeptAsItIs() {
        GivenDocument document = document("it's; \"a\"\n\t\u0000\u20ac.csv", M1, "1 1 1 1");
        Delivery delivery = take(document);
        assertThat(ledger.delivery(delivery.id())).contains(delivery);
    }

    @Test
    void noticesAreKept() {
        take(document("a", M1, "1 1 1 1").with(M1, quarters(DAY, "2 - - -")));
        Notice notice = ledger.delivery(1).orElseThrow().notices().getFirst();
        assertThat(notice.code()).isEqualTo(NoticeCode.DUPLICATE_IN_FILE);
        assertThat(notice.count()).isEqualTo(1);
        assertThat(notice.firstLine()).isEqualTo(2);
    }

    @Test
    void unreadableDocumentIsRecordedInQuarantine() {
        Delivery delivery = ledger.quarantine("junk.bin", "d1", 17, RECEIVED, "No format recognised it");

        assertThat(delivery.state()).isEqualTo(DeliveryState.QUARANTINED);
        assertThat(delivery.reason()).isEqualTo("No format recognised it");
        assertThat(delivery.bytes()).isEqualTo(17);
        assertThat(ledger.byDigest("d1")).contains(delivery);
        assertThat(ledger.mayKnow(17)).isTrue();
        assertThat(rejects(delivery)).isEmpty();
        Delivery next = take(document("a", M1, "1 1 1 1"));
        assertThat(next.id()).isEqualTo(2);
        assertThat(next.knownAt()).isAfter(delivery.knownAt());
    }

    @Test
    void quarantinedDocumentThatIsReadAfterAllKeepsItsIdAndPlace() {
        Delivery quarantined = ledger.quarantine("a", "digest of a", 17, RECEIVED, "contradictory dates");
        take(later(5, document("b", M1, "2 2 2 2")));
        Delivery taken = take(later(9, document("a", M1, "1 1 1 1")));

        assertThat(taken.id()).isEqualTo(quarantined.id());
        assertThat(taken.receivedAt()).isEqualTo(RECEIVED);
        assertThat(taken.state()).isEqualTo(DeliveryState.TAKEN);
        assertThat(taken.reason()).isNull();
        assertThat(shown(M1)).isEqualTo("2 2 2 2");
        assertThat(codes(taken)).containsExactly(NoticeCode.OLDER_THAN_STORED);
    }

    @Test
    void quarantiningAgainKeepsTheIdAndTheFirstReception() {
        Delivery once = ledger.quarantine("a", "d1", 17, RECEIVED, "one reason");
        Delivery twice = ledger.quarantine("b", "d1", 17, Instant.now(), "another reason");
        assertThat(twice.id()).isEqualTo(once.id());
        assertThat(twice.receivedAt()).isEqualTo(once.receivedAt());
        assertThat(twice.reason()).isEqualTo("another reason");
        assertThat(ledger.deliveries()).hasSize(1);
    }

    @Test
    void quarantineDoesNotTouchADeliveryThatIsTaken() {
        Delivery taken = take(document("a", M1, "1 1 1 1"));
        assertThat(ledger.quarantine("a", "digest of a", 100, RECEIVED, "option"))
                .isEqualTo(taken);
        assertThat(ledger.delivery(1)).contains(taken);
        assertThat(shown(M1)).isEqualTo("1 1 1 1");
    }

    @Test
    void withdrawingAQuarantinedDeliveryChangesNothing() {
        Delivery quarantined = ledger.quarantine("a", "d1", 17, RECEIVED, "reason");
        assertThat(store.withdraw(quarantined.id())).isEqualTo(quarantined);
    }
}
