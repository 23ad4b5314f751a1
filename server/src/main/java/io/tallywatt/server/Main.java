package io.tallywatt.server;

import io.tallywatt.server.cli.CommandLineApp;
import io.tallywatt.server.cli.StandardOut;
import io.tallywatt.server.cli.Surroundings;
import io.tallywatt.server.cli.Terminal;
import io.tallywatt.server.door.DoorClient;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Quarkus logs by it, and complains on the error stream if anybody (DuckDB's driver does) logs before it is
        // named.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Map<String, String> env = System.getenv();
        Surroundings surroundings = Surroundings.of(System.in, StandardOut.open(), System.err, env, Clock.systemUTC())
                .withColumns(Terminal.columns(env))
                .withElsewhere(new DoorClient());
        System.exit(CommandLineApp.run(args, surroundings));
    }

    /** The same with everything given, as tests and embedders have it. */
    public static int run(
            String[] args, InputStream in, PrintStream out, PrintStream err, Map<String, String> env, Clock clock) {
        return CommandLineApp.run(
                args, Surroundings.of(in, out, err, env, clock).withElsewhere(new DoorClient()));
    }
}
