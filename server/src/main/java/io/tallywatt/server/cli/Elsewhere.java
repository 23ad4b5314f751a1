package io.tallywatt.server.cli;

import io.tallywatt.server.report.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another process, one that holds a data folder's store and can carry out a command in this one's place. */
public interface Elsewhere {
    /** Every command is carried out here. */
    Elsewhere NOWHERE = (folder, arguments, outside) -> new Answer.Nobody();

    /**
     * Hands a command over, before it wrote anything or read any of its input.
     *
     * @param dataFolder absolute
     * @param outside what the command's input, answer and messages are handed to and fro
     * @throws Output.NotTaken if nobody takes the answer here any more
     */
    Answer run(Path dataFolder, List<String> arguments, Surroundings outside) throws Output.NotTaken;

    /** Who holds a data folder's store and takes commands, in words for a person. */
    default Optional<String> holder(Path dataFolder) {
        return Optional.empty();
    }

    /** Lets commands of other processes be carried out here, on a store that is open here. */
    default Welcome welcome(Path dataFolder, Stores.Open shared, Surroundings here, URI url) throws IOException {
        return () -> {};
    }

    /** Commands of others are carried out here as long as it is open. Closing lets those that run come to an end. */
    interface Welcome extends AutoCloseable {
        @Override
        void close();
    }

    /** What came of it. */
    sealed interface Answer {
        /** Nobody holds that store, or will take a command: it is for this process to carry out. */
        record Nobody() implements Answer {}

        /** It was carried out. */
        record Ran(int exitCode) implements Answer {}

        /** It cannot be handed over, or was not carried out to its end. */
        record Failed(String why) implements Answer {}
    }
}
