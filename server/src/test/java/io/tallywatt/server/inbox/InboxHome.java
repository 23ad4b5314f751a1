package io.tallywatt.server.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.query.Answers;
import io.tallywatt.core.reading.Scaled;
import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliverySearch;
import io.tallywatt.core.store.InMemoryStore;
import io.tallywatt.core.store.TestClock;
import io.tallywatt.server.files.FreeSpace;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An inbox in a data folder of its own, with a store in memory, which keeps the contracts that DuckDB keeps, under a clock that
 * goes where the test puts it.
 */
final class InboxHome {
    static final Instant BEGIN = Instant.parse("2026-11-25T10:00:00Z");
    static final ReadingOptions UTC = ReadingOptions.in(ZoneId.of("UTC"));
    static final LocalDate DAY = LocalDate.of(2026, 11, 1);

    final Path data;
    final TestClock clock = new TestClock(BEGIN);
    final InMemoryStore store = new InMemoryStore(clock);
    final InboxFolder folder;
    final Lines log = new Lines();
    final Stopping stopping = new Stopping();

    /** Goes between the inbox and the store. */
    UnaryOperator<BlockStore> between = real -> real;

    FreeSpace freeSpace = FreeSpace.OF_DISK;
    SameName sameName = SameName.REFUSE;
    int window = Sweep.WINDOW;
    int tookSome;

    InboxHome(Path data) throws IOException {
        this.data = data;
        this.folder = InboxFolder.make(data.resolve("inbox"));
    }

    Receiving receiving() {
        return new Receiving(between.apply(store), store, data, UTC, freeSpace, clock);
    }

    InboxSettings settings() {
        return new InboxSettings(folder.root(), Duration.ofSeconds(1), sameName);
    }

    /** As the program starts: it knows nothing but what lies on disk. */
    Sweep sweep() {
        return new Sweep(folder, settings(), receiving(), stopping, log, () -> tookSome++, window);
    }

    /** A file that is complete at first sight, and a second younger than the one before. */
    Path put(String name, String text) throws IOException {
        return put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path put(String name, byte[] bytes) throws IOException {
        Path file = folder.root().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return old(file);
    }

    private long files;

    /** Makes a file look as if nothing had changed about it for a while. */
    Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(BEGIN.minusSeconds(100_000 - files++)));
    }

    /** One reading of a site, five minutes from midnight on. */
    static String reading(String site, int interval, String kwh) {
        Instant start = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(300L * interval);
        return "{\"series\": \"site/" + site + "/generation\", \"start\": \"" + start + "\", \"end\": \""
                + start.plusSeconds(300) + "\", \"value\": " + kwh + "}\n";
    }

    /** What a site generated on the day, in kWh. */
    String total(String site) {
        return store.find(Series.parse("site/" + site + "/generation"))
                .map(series -> Scaled.text(new Answers(store)
                        .daily(series, DAY, DAY.plusDays(1), null)
                        .getFirst()
                        .total()))
                .orElse("none");
    }

    Delivery delivery(String name) {
        return store.deliveries(DeliverySearch.named(name)).getFirst();
    }

    /** Names of files, in the inbox or below a folder of it. */
    List<String> files(String below) {
        Path base = folder.root().resolve(below);
        if (!Files.exists(base)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(base)) {
            return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> base.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> done() {
        return files("done/2026-11-25");
    }

    List<String> deadLetters() {
        return files("dead-letters");
    }

    /** What still waits. */
    List<String> waiting() {
        return files("").stream()
                .filter(name -> !name.startsWith("done/") && !name.startsWith("dead-letters/"))
                .toList();
    }

    JsonNode report(String file) throws IOException {
        return new ObjectMapper()
                .readTree(folder.root().resolve(file + ".report.json").toFile());
    }
}
