package io.tallywatt.api.wire;

import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Outcome;
import java.util.List;

/**
 * A document that was dealt with.
 *
 * @param outcome what came of it
 * @param again whether the same bytes had come before, so that what they gave then was replaced
 * @param rejects the first few of its rejects
 */
public record Dealt(Outcome outcome, boolean again, List<Reject> rejects) {
    /** How many rejects a report shows. */
    public static final int FIRST = 20;
}
