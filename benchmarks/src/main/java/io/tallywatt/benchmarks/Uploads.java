package io.tallywatt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Queue;

/** Files of new readings of all meters, each of the dates after those of the one before; written first, sent later. */
final class Uploads {
    private final Path folder;
    private final int meters;
    private final long seed;
    private final Queue<MeterFile.Written> written = new ArrayDeque<>();
    private LocalDate next;

    Uploads(Path folder, int meters, LocalDate first, long seed) {
        this.folder = folder;
        this.meters = meters;
        this.seed = seed;
        this.next = first;
    }

    /** Writes one with at least so many rows, of whole days. */
    void write(long rows) throws IOException {
        int days = Math.toIntExact(Math.ceilDiv(rows, meters));
        written.add(new MeterFile(meters, next, days, MeterFile.Order.DATE, seed).write(folder.resolve(next + ".csv")));
        next = next.plusDays(days);
    }

    /** Sends the next and waits until it is taken. Returns it with how long that took. */
    Sent send(int port) throws IOException {
        MeterFile.Written file = written.remove();
        try (HttpConnection connection = new HttpConnection(port)) {
            long begin = System.nanoTime();
            ResponseReader answer =
                    connection.post("/api/v1/files?name=" + file.path().getFileName(), file.path());
            long end = System.nanoTime();
            if (answer.status() / 100 != 2 || !answer.body().contains("\"new\":" + file.rows() + ",")) {
                throw new IllegalStateException("Status " + answer.status() + ": " + answer.body());
            }
            return new Sent(file, begin, end);
        } finally {
            Files.delete(file.path());
        }
    }

    /** A file that was taken, and when ({@link System#nanoTime}) it was begun to be sent and had its answer. */
    record Sent(MeterFile.Written file, long begin, long end) {
        double seconds() {
            return (end - begin) / 1e9;
        }
    }
}
