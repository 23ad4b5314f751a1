package io.tallywatt.core.validate;

import java.util.ArrayList;
import java.util.List;

/**
 * What judging came to.
 *
 * @param found new findings, and known ones that changed
 * @param resolved findings that no longer hold, such as a gap that was filled
 */
public record Verdict(List<Finding> found, List<Finding.Key> resolved) {

    public static final Verdict NOTHING = new Verdict(List.of(), List.of());

    /** Both, this one first. */
    public Verdict plus(Verdict next) {
        List<Finding> allFound = new ArrayList<>(found);
        allFound.addAll(next.found);
        List<Finding.Key> allResolved = new ArrayList<>(resolved);
        allResolved.addAll(next.resolved);
        return new Verdict(List.copyOf(allFound), List.copyOf(allResolved));
    }
}
