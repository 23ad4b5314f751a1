package io.tallywatt.core.ingest;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What the operating system's failures are called in front of people. */
public final class Failures {
    private Failures() {}

    /** One line, without the path, which the caller names. */
    public static String inWords(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> Objects.requireNonNull(other.getReason());
            default -> {
                String message =
                        Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
                yield message.lines().findFirst().orElse("");
            }
        };
    }
}
