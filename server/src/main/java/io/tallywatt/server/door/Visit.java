package io.tallywatt.server.door;

import io.tallywatt.server.cli.CommandLineApp;
import io.tallywatt.server.cli.Elsewhere;
import io.tallywatt.server.cli.ExitCode;
import io.tallywatt.server.cli.Stores;
import io.tallywatt.server.cli.Surroundings;
import io.tallywatt.server.door.Wire.Frame;
import io.tallywatt.server.door.Wire.Greeting;
import io.tallywatt.server.door.Wire.Kind;
import io.tallywatt.server.files.WorkingFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One connection, and the command that came over it. */
final class Visit {
    /** Whoever connects has something to say, and says it soon. */
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS, Thread::startVirtualThread);

    private static final int WIDEST = 10_000;

    /** What the server has for all commands. */
    record Host(Stores.Open shared, Surroundings surroundings, ReentrantLock turn, String version) {}

    private final Door door;
    private final Host host;
    private final Wire wire;
    private final Outbox outbox;
    private final Course course = new Course();
    private final ClientInput input;
    private volatile boolean accepted;

    Visit(Door door, Host host, Wire wire) {
        this.door = door;
        this.host = host;
        this.wire = wire;
        this.outbox = new Outbox(wire);
        this.input = new ClientInput(outbox, course);
    }

    /** Receives the command and then what belongs to it, until the client hangs up. */
    void receive() {
        SOON.execute(() -> {
            if (!accepted) {
                hangUp();
            }
        });
        try (wire) {
            wire.greet(host.version());
            if (!wire.greeting().equals(new Greeting(Wire.PROTOCOL, host.version()))) {
                return;
            }
            Frame frame = wire.read();
            if (frame.kind() != Kind.COMMAND) {
                throw new ProtocolException("no command");
            }
            Command command = Command.of(frame.bytes());
            Surroundings outside = surroundings(command);
            if (door.begins(this)) {
                begin(command, outside);
                while (true) {
                    more(wire.read());
                }
            }
        } catch (IOException e) {
            // Gone, or never was one of ours.
        } finally {
            stop("The command was given up");
            outbox.gone();
        }
    }

    private void begin(Command command, Surroundings outside) throws IOException {
        try {
            wire.write(Frame.of(Kind.ACCEPTED));
            accepted = true;
            Thread.ofVirtual().name("door-out").start(outbox::run);
            // Not a virtual one: whoever is inside DuckDB would hold its carrier.
            Thread.ofPlatform().name("door-command").daemon().start(() -> carryOut(command, outside));
        } catch (IOException | RuntimeException | Error e) {
            door.ended(this);
            throw e;
        }
    }

    private void more(Frame frame) throws ProtocolException {
        if (frame.kind() != Kind.INPUT && frame.kind() != Kind.INPUT_FAILED) {
            throw new ProtocolException("out of turn");
        }
        input.give(frame);
    }

    private Surroundings surroundings(Command command) throws ProtocolException {
        WorkingFolder folder;
        try {
            folder = new WorkingFolder(Path.of(command.workingFolder()), command.process());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("no working folder");
        }
        Stores.Open store = new SharedStore(host.shared(), course, host.turn(), outbox).open();
        return new Surroundings(
                input,
                new PrintStream(
                        new BufferedOutputStream(outbox.stream(Kind.OUT), Wire.PIECE), false, StandardCharsets.UTF_8),
                new PrintStream(new BufferedOutputStream(outbox.stream(Kind.ERR)), true, StandardCharsets.UTF_8),
                command.settings(),
                folder,
                host.surroundings().clock(),
                Math.clamp(command.columns(), 0, WIDEST),
                host.surroundings().freeSpace(),
                (data, settings, readOnly, clock) -> store,
                Elsewhere.NOWHERE,
                host.surroundings().pause());
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, the client has to hear of it
    private void carryOut(Command command, Surroundings outside) {
        try {
            int exitCode = ExitCode.CANNOT_RUN;
            try {
                exitCode = CommandLineApp.run(command.arguments().toArray(String[]::new), outside);
            } catch (Throwable e) {
                outside.err().println("tallywatt: The server could not carry out the command: " + e);
            }
            outbox.put(Frame.of(Kind.EXIT, (byte) exitCode));
            outbox.drain();
        } catch (IOException e) {
            // The client is gone.
        } finally {
            door.ended(this);
        }
    }

    /** Calls the command away. It ends where it next asks the store or waits for input. */
    void stop(String why) {
        course.stop(why);
        input.wake();
    }

    void hangUp() {
        try {
            wire.close();
        } catch (IOException e) {
            // It is gone.
        }
    }
}
