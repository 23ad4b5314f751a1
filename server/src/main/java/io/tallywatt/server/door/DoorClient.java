package io.tallywatt.server.door;

import io.tallywatt.server.cli.Elsewhere;
import io.tallywatt.server.cli.ProgramVersion;
import io.tallywatt.server.cli.Stores;
import io.tallywatt.server.cli.Surroundings;
import io.tallywatt.server.door.Wire.Answered;
import io.tallywatt.server.door.Wire.Frame;
import io.tallywatt.server.door.Wire.Greeting;
import io.tallywatt.server.door.Wire.Kind;
import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Hands a command to the server that holds its data folder, if one does. */
public final class DoorClient implements Elsewhere {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public Answer run(Path dataFolder, List<String> arguments, Surroundings outside) throws Output.NotTaken {
        Optional<Running> running = Running.read(dataFolder);
        return running.isEmpty() ? new Answer.Nobody() : run(running.get(), arguments, outside);
    }

    @Override
    public Optional<String> holder(Path dataFolder) {
        return Door.running(dataFolder).map(server -> server.url() + " (process " + server.process() + ")");
    }

    @Override
    public Welcome welcome(Path dataFolder, Stores.Open shared, Surroundings here, URI url) throws IOException {
        return Door.open(dataFolder, shared, here, url, Door.USUAL_GRACE)::close;
    }

    private static Answer run(Running server, List<String> arguments, Surroundings outside) throws Output.NotTaken {
        Answered answered;
        try {
            answered = Wire.call(server.socket(), PATIENCE);
        } catch (IOException e) {
            // Killed, or just about to end or to begin.
            return new Answer.Nobody();
        }
        try (Wire wire = answered.wire()) {
            String version = ProgramVersion.text();
            if (!answered.greeting().equals(new Greeting(Wire.PROTOCOL, version))) {
                return new Answer.Failed("The running server (" + server.url() + ", process " + server.process()
                        + ") is of another version (" + answered.greeting().version() + ", this one is " + version
                        + "): restart it");
            }
            Command command = Command.of(
                    arguments,
                    outside.env(),
                    outside.workingFolder().path().toString(),
                    ProcessHandle.current().pid(),
                    outside.columns());
            byte[] bytes = command.bytes();
            if (bytes.length > Kind.COMMAND.longest()) {
                return new Answer.Failed("The command line is too long for the running server (" + server.url()
                        + "): name a folder or a pattern in quotes instead of so many files");
            }
            wire.greet(version);
            wire.write(new Frame(Kind.COMMAND, bytes));
            if (wire.read().kind() != Kind.ACCEPTED) {
                return new Answer.Nobody();
            }
            return new HandedCommand(wire, server, outside).run();
        } catch (Output.NotTaken e) {
            throw e;
        } catch (IOException e) {
            // It ended before it began with the command.
            return new Answer.Nobody();
        }
    }
}
