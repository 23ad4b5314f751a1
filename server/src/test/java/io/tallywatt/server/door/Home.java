package io.tallywatt.server.door;

import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.server.cli.Cli;
import io.tallywatt.server.cli.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A data folder whose store a server holds, in this process, and a command line that finds it. */
final class Home implements AutoCloseable {
    static final URI URL = URI.create("http://localhost:8080/");

    final Cli cli;
    final Door door;
    private final Stores.Open store;

    private Home(Cli cli, Stores.Open store, Door door) {
        this.cli = cli;
        this.store = store;
        this.door = door;
    }

    static Home open(Path folder) throws IOException {
        return open(folder, Duration.ofSeconds(20), real -> real);
    }

    static Home open(Path folder, Duration grace, UnaryOperator<BlockStore> between) throws IOException {
        Files.createDirectories(folder.resolve("work"));
        Cli cli = cli(folder).elsewhere(new DoorClient());
        Stores.Open store = cli.open();
        Stores.Open shared = new Stores.Open(
                between.apply(store.blocks()),
                store.ledger(),
                store.following(),
                store.findings(),
                store.alerts(),
                store.groups(),
                store::close);
        return new Home(cli, store, Door.open(cli.data(), shared, cli.surroundings(), URL, grace));
    }

    static Cli cli(Path folder) {
        return new Cli(folder).in(folder.resolve("work"));
    }

    List<Delivery> deliveries() {
        return store.ledger().deliveries();
    }

    /** A connection over which a command was handed, whose client does nothing by itself. */
    Wire give(String... arguments) throws IOException {
        Wire wire = Wire.call(Running.read(cli.data()).orElseThrow().socket(), Duration.ofSeconds(5))
                .wire();
        wire.greet("(not from a jar)");
        Map<String, String> env = cli.env;
        Command command = Command.of(
                List.of(arguments),
                env,
                cli.folder.resolve("work").toString(),
                ProcessHandle.current().pid(),
                0);
        wire.write(new Wire.Frame(Wire.Kind.COMMAND, command.bytes()));
        if (wire.read().kind() != Wire.Kind.ACCEPTED) {
            throw new IllegalStateException("not accepted");
        }
        return wire;
    }

    /** Waits until no more than so many commands are being carried out. */
    void waitForBusy(int atMost) throws InterruptedException {
        for (int i = 0; i < 1000 && door.commands() > atMost; i++) {
            Thread.sleep(10);
        }
        if (door.commands() > atMost) {
            throw new IllegalStateException(door.commands() + " commands go on");
        }
    }

    @Override
    public void close() {
        try (store) {
            door.close();
        }
    }
}
