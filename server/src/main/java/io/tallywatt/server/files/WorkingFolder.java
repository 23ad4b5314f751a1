package io.tallywatt.server.files;

import java.nio.file.Path;

/**
 * Where a command was given: what its relative paths start from. A command that another process carries out means the
 * files of whoever gave it, open ones ({@code /dev/stdin}, {@code /dev/fd/63}) included.
 *
 * @param path absolute
 * @param process whose open files are meant, 0 for this one
 */
public record WorkingFolder(Path path, long process) {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    public WorkingFolder {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
    }

    /** This process's own. */
    public static WorkingFolder own() {
        return new WorkingFolder(Path.of("").toAbsolutePath(), 0);
    }

    /** The file that a path means, absolute. What people see is the path as it was given, never this. */
    public Path resolve(Path given) {
        return process == 0 || !given.isAbsolute() ? path.resolve(given) : ofProcess(given);
    }

    private Path ofProcess(Path given) {
        Path its = Path.of("/proc", Long.toString(process));
        if (given.startsWith(SELF)) {
            return its.resolve(SELF.relativize(given));
        }
        if (given.startsWith(DESCRIPTORS)) {
            return its.resolve("fd").resolve(DESCRIPTORS.relativize(given));
        }
        return switch (given.toString()) {
            case "/dev/stdin" -> its.resolve("fd/0");
            case "/dev/stdout" -> its.resolve("fd/1");
            case "/dev/stderr" -> its.resolve("fd/2");
            default -> given;
        };
    }
}
