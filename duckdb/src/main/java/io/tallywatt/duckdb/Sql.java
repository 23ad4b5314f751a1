package io.tallywatt.duckdb;

import io.tallywatt.core.store.StoreException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's errors as the store's. */
final class Sql {
    private static final Pattern HOLDER = Pattern.compile("PID (\\d+)");

    private Sql() {}

    /** Also for what is written beside DuckDB's file. */
    static StoreException failure(String doing, Exception e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("could not set lock")
                || lower.contains("conflicting lock")
                || lower.contains("unique file handle conflict")) {
            Matcher holder = HOLDER.matcher(message);
            String who = holder.find()
                    ? "process " + holder.group(1)
                    : lower.contains("unique file handle") ? "this process already" : "another process";
            return new StoreException(
                    StoreException.Kind.BUSY,
                    doing + ": the data is in use by " + who + "; try again when it is done",
                    e);
        }
        if (lower.contains("no space left") || lower.contains("disk full") || lower.contains("out of disk")) {
            return new StoreException(
                    StoreException.Kind.RESOURCES,
                    doing + ": the disk is full; nothing was changed. Free some space and run the same command again",
                    e);
        }
        if (lower.contains("out of memory") || lower.contains("failed to allocate")) {
            return new StoreException(
                    StoreException.Kind.RESOURCES,
                    doing + ": memory ran out; nothing was changed. Raise the setting tallywatt.memory",
                    e);
        }
        if (lower.contains("corrupt") || lower.contains("not a valid duckdb database")) {
            return new StoreException(
                    StoreException.Kind.DAMAGED, doing + ": the data file is damaged: " + line(message), e);
        }
        return new StoreException(StoreException.Kind.INTERNAL, doing + ": " + line(message), e);
    }

    private static String line(String message) {
        return message.lines().findFirst().orElse("");
    }
}
