package io.tallywatt.core.alert;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.validate.RuleName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far alerting has come, so that a restart neither repeats nor forgets an alert. */
public interface AlertLog {

    /**
     * What is known of the alerts of one series and rule.
     *
     * @param sentAt when the last alert was sent, null if none was
     * @param open whether it said that something is found, and no notice of its end was sent since
     * @param waiting findings found since, which the cool-down or the limit per hour holds back
     */
    record Group(Series series, RuleName rule, @Nullable Instant sentAt, boolean open, long waiting) {}

    /** The number of the last change of a finding that was looked at ({@code StoredFinding.number}), 0 at first. */
    long position();

    /** All groups, in any order. */
    List<Group> groups();

    /** Keeps how far alerting has come and the groups that changed, together or not at all. */
    void keep(long position, List<Group> changed);
}
