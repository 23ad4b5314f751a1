package io.tallywatt.aws.store;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A finding as bytes. */
final class FindingBytes {
    private FindingBytes() {}

    static byte[] of(StoredFinding stored) {
        Finding f = stored.finding();
        ByteWriter to = new ByteWriter();
        to.unsigned(stored.number()).text(f.series().toString()).text(f.rule().name());
        instant(f.interval().start(), to);
        instant(f.interval().end(), to);
        to.text(f.severity().name()).decimal(f.confidence());
        to.text(f.observed()).text(f.expected());
        decimal(f.value(), to);
        decimal(f.low(), to);
        decimal(f.high(), to);
        instant(f.foundAt(), to);
        to.unsigned(f.delivery());
        @Nullable Instant resolved = stored.resolvedAt();
        to.octet(resolved == null ? 0 : 1);
        if (resolved != null) {
            instant(resolved, to);
        }
        return to.packed(300);
    }

    private static void instant(Instant instant, ByteWriter to) {
        to.signed(Tickets.micros(instant));
    }

    private static Instant instant(ByteReader from) {
        return Tickets.instant(from.signed());
    }

    private static void decimal(@Nullable BigDecimal value, ByteWriter to) {
        to.octet(value == null ? 0 : 1);
        if (value != null) {
            to.decimal(value);
        }
    }

    private static @Nullable BigDecimal decimal(ByteReader from) {
        return from.octet() == 0 ? null : from.decimal();
    }

    static StoredFinding read(byte[] bytes) {
        ByteReader from = ByteReader.of(bytes);
        long number = from.unsigned();
        Series series = Series.parse(from.text());
        RuleName rule = RuleName.valueOf(from.text());
        Interval interval = new Interval(instant(from), instant(from));
        Finding finding = new Finding(
                series,
                interval,
                rule,
                Severity.valueOf(from.text()),
                from.decimal(),
                from.text(),
                from.text(),
                decimal(from),
                decimal(from),
                decimal(from),
                instant(from),
                from.unsigned());
        return new StoredFinding(number, finding, from.octet() == 0 ? null : instant(from));
    }
}
