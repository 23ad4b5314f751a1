package io.tallywatt.server.door;

import io.tallywatt.server.cli.Cli;
import io.tallywatt.server.cli.Stores;
import java.nio.file.Path;
import java.time.Duration;

/** A server as a process of its own: holds the store until its standard input ends. */
final class HoldingServer {
    private HoldingServer() {}

    public static void main(String[] args) throws Exception {
        Cli cli = new Cli(Path.of(args[0]));
        try (Stores.Open store = cli.open();
                Door door = Door.open(cli.data(), store, cli.surroundings(), Home.URL, Duration.ofSeconds(20))) {
            System.out.println("READY " + Door.running(cli.data()).isPresent());
            System.in.transferTo(System.err);
            door.close();
        }
        System.out.println("DONE");
    }
}
