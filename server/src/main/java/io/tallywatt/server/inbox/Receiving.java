package io.tallywatt.server.inbox;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.server.files.FreeSpace;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What files are taken in with.
 *
 * @param dataFolder holds the quarantine, and on its disk there has to be room
 * @param options how files are read
 */
public record Receiving(
        BlockStore blocks, Ledger ledger, Path dataFolder, ReadingOptions options, FreeSpace freeSpace, Clock clock) {}
