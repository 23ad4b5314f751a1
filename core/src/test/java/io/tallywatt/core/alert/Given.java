package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredFinding;
import io.tallywatt.core.time.Interval;
import io.tallywatt.core.validate.Finding;
import io.tallywatt.core.validate.RuleName;
import io.tallywatt.core.validate.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Alerts and texts for tests. */
public final class Given {
    public static final Instant T = Instant.parse("2026-06-01T10:00:00Z");
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    public static final AlertText TEXT = new AlertText(series -> PARIS);

    private Given() {}

    /** A spike of site1, found at {@link #T}. */
    public static Finding spike() {
        return Findings.now(Findings.SITE1, RuleName.SPIKE, Severity.CRITICAL, T);
    }

    public static Alert found() {
        return found(spike());
    }

    public static Alert found(Finding finding) {
        return new Alert(
                Alert.Kind.FOUND,
                finding.series(),
                finding.rule(),
                finding.severity(),
                T,
                1,
                List.of(new StoredFinding(7, finding, null)),
                0);
    }

    public static Alert resolved() {
        Finding spike = spike();
        return new Alert(
                Alert.Kind.RESOLVED,
                spike.series(),
                spike.rule(),
                spike.severity(),
                T.plusSeconds(600),
                1,
                List.of(new StoredFinding(8, spike, T.plusSeconds(540))),
                0);
    }

    /** The worst that names and words from outside may hold. */
    public static Alert hostile() {
        String evil =
                "x\r\nBcc: victim@example.org\r\n\r\n<!channel> \u2028\u202e\ud800\u0000\u001b[2J\u20ac\ud83d\ude00";
        Finding spike = spike();
        return found(new Finding(
                new Series("site" + evil.replace("/", ""), evil, "generation" + evil.replace("/", ""), evil),
                new Interval(spike.interval().start(), spike.interval().end()),
                spike.rule(),
                spike.severity(),
                spike.confidence(),
                evil.repeat(100),
                evil,
                null,
                null,
                null,
                T,
                0));
    }
}
