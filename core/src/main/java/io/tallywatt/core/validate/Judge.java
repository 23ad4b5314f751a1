package io.tallywatt.core.validate;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Applies the rules to what arrives. A rule that fails is left out and told of; it never keeps the others from judging. */
public final class Judge {
    public Judge(JudgeSettings settings) {
        Objects.requireNonNull(settings);
    }

    /**
     * Judges readings of one series in the order in which they became known, and remembers them.
     *
     * @param now when this is found
     */
    public Verdict judge(SeriesMemory memory, List<Arrived> arrived, Instant now) {
        return Verdict.NOTHING;
    }

    /**
     * Looks whether something should have come from a thing by now.
     *
     * @param ofOneThing all series of one site, home or meter
     */
    public Verdict overdue(List<SeriesMemory> ofOneThing, Instant now) {
        return Verdict.NOTHING;
    }
}
