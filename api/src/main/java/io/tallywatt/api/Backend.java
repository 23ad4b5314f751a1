package io.tallywatt.api;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.ParquetWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the API stands on. Whoever puts the program together provides one, as a bean. */
public interface Backend {
    BlockStore blocks();

    Ledger ledger();

    Following following();

    FindingStore findings();

    Groups groups();

    Reception reception();

    /** The borders, cables and zones that are asked about. */
    default Grid grid() {
        return Grid.aroundGreatBritain();
    }

    /** Who writes Parquet; empty where nobody can. */
    default Optional<ParquetWriter> parquet() {
        return Optional.empty();
    }

    /** What homes draw now; of none where nobody listens. */
    default LivePower livePower() {
        return new LivePower();
    }

    Clock clock();

    /**
     * Whether an answer reaches the caller while it is made. Where it is handed on only when it is whole, as by a gateway, nobody can
     * listen: they are told what is new, and when to ask again.
     */
    default boolean holdsOpen() {
        return true;
    }

    /**
     * Where data is from if it is not what is measured now, such as "simulated" or "recorded 9 May 2023"; pictures say so.
     *
     * @param kind of the series: {@code meter, site, border}
     */
    default @Nullable String origin(String kind) {
        return null;
    }

    /**
     * Answers a question to the store where such work may wait: the store's calls are native and hold their thread, so
     * they must not run on a virtual one, and not in any number at once. What the question throws is thrown.
     */
    <T> T ask(Callable<T> question);
}
