package io.tallywatt.server.http;

import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.access.Access;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.server.files.FreeSpace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a server serves, and where.
 *
 * @param power what homes draw now
 * @param dataFolder holds the quarantine, and uploads while they come in
 * @param options how files are read where a request does not say otherwise
 * @param grid the borders, cables and zones that are asked about
 * @param host address to listen on
 * @param port 0 for any that is free
 * @param names further names under which callers may reach it, for the check of the header Host
 * @param access who may ask
 * @param origin says of a kind of series where its data is from if it is not what is measured now, which every answer then
 *     says; null where nothing is to be said
 * @param arrived told after something was taken in
 * @param ready told the address once requests are answered
 * @param ending called once after the last answer, before the process ends
 */
public record Serving(
        BlockStore blocks,
        Ledger ledger,
        Following following,
        FindingStore findings,
        Groups groups,
        LivePower power,
        Path dataFolder,
        ReadingOptions options,
        Grid grid,
        FreeSpace freeSpace,
        Clock clock,
        String host,
        int port,
        Set<String> names,
        Access access,
        @Nullable UnaryOperator<String> origin,
        Runnable arrived,
        Consumer<URI> ready,
        Runnable ending) {}
