package io.tallywatt.core.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * What those ask who follow series as they grow: how days stand now, and what came since. Whoever takes a stream closes it.
 */
public interface Following {

    /**
     * Blocks as they stand now, of the dates {@code [from, to)}, by date and then by series. Where they come from is not
     * looked up, which makes this much cheaper than {@link BlockStore#blocks} where a day is made of many deliveries.
     *
     * @param prefix how the series' name begins, such as {@code site/}; see {@link SeriesScope#of}
     */
    Stream<StandingBlock> standing(String prefix, LocalDate from, LocalDate to);

    /**
     * What deliveries gave that became known after an instant and counts still: by when it became known, then by series,
     * date and line. All that became known at one instant comes together, so the last instant seen is where to go on.
     *
     * @param prefix how the series' name begins; see {@link SeriesScope#of}
     * @param after {@link Instant#EPOCH} for all
     * @param limit about so many: whole instants until there are as many
     */
    Stream<ArrivedBlock> arrived(String prefix, Instant after, long limit);
}
