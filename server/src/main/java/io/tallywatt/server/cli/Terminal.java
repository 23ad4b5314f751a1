package io.tallywatt.server.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether somebody looks at standard error, and how wide it is. */
public final class Terminal {
    private static final int USUAL = 80;

    private Terminal() {}

    /** @return its width in columns, 0 where it is none */
    public static int columns(Map<String, String> env) {
        if (!isTerminal()) {
            return 0;
        }
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL;
    }

    /** The JDK only tells it of standard input and output together; Linux of each by itself. */
    private static boolean isTerminal() {
        Path error = Path.of("/proc/self/fd/2");
        if (Files.exists(error)) {
            try {
                String device = Files.readSymbolicLink(error).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
