package io.tallywatt.server.files;

import java.nio.file.Path;

/** What a path on the command line led to. */
public sealed interface Found {
    /** As a person would write it. */
    String name();

    /**
     * A file.
     *
     * @param path where it is, absolute
     * @param size in bytes, as it was when it was found
     */
    record File(String name, Path path, long size) implements Found {}

    /** Standard input or a pipe: can be read once only. */
    record Pipe(String name) implements Found {}

    /** Nothing that can be read. */
    record Nothing(String name, String reason) implements Found {}
}
