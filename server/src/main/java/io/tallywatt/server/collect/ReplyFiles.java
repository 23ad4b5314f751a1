package io.tallywatt.server.collect;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.tallywatt.core.source.Archive;
import io.tallywatt.core.source.Question;
import io.tallywatt.core.source.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replies as files, zstd-packed, in a folder per source and month: {@code
 * entsoe/2026-11/flow_FR-GB_20261125T0000Z_20261127T0000Z_20261126T070003.412Z_1f3c....zst}. The name says the question, its
 * window, when the reply came, and its fingerprint; so a folder can be looked through, copied and thinned out by hand. A file
 * appears once it is whole.
 *
 * <p>Names are read once for each source, and remembered. Safe for several threads; another process may add files, which then
 * are not known here until the next start: no harm is done by keeping a reply twice.
 */
public final class ReplyFiles implements Archive {
    private static final String END = ".zst";
    private static final int FINGERPRINT = 32;
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);
    /** A window's instants, to the second where the minute does not do. */
    private static final DateTimeFormatter WINDOW =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter CAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Map<String, Known> known = new HashMap<>();

    /** What is known of a source's files: of each question and window, what the replies say and when the last came. */
    private static final class Known {
        final Set<String> replies = new HashSet<>();
        final Map<String, Instant> last = new HashMap<>();
        long count;

        void add(Name name) {
            if (replies.add(name.asked + "_" + name.fingerprint)) {
                count++;
            }
            last.merge(name.asked, name.at, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    /** @param asked question and window, as they stand in the name */
    private record Name(String asked, Instant at, String fingerprint) {
        static @Nullable Name of(String file) {
            if (!file.endsWith(END)) {
                return null;
            }
            String[] parts = file.substring(0, file.length() - END.length()).split("_", -1);
            int n = parts.length;
            if (n < 5) {
                return null;
            }
            try {
                return new Name(
                        String.join("_", List.of(parts).subList(0, n - 2)),
                        CAME.parse(parts[n - 2], Instant::from),
                        parts[n - 1]);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    /** @param folder made with the first reply that is kept */
    public ReplyFiles(Path folder) {
        this.folder = folder;
    }

    private static String asked(Question question) {
        return question.what().replace(' ', '~') + "_"
                + WINDOW.format(question.window().start()) + "_"
                + WINDOW.format(question.window().end());
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(FINGERPRINT, fingerprint.length()));
    }

    private static String file(Question question, Reply.Fetched reply) {
        return asked(question) + "_" + CAME.format(reply.at()) + "_" + shortened(reply.fingerprint()) + END;
    }

    @Override
    public String name(String source, Question question, Reply.Fetched reply) {
        return source + "/" + MONTH.format(reply.at()) + "/" + file(question, reply);
    }

    @Override
    public boolean has(String source, Question question, String fingerprint) throws IOException {
        synchronized (known) {
            return known(source).replies.contains(asked(question) + "_" + shortened(fingerprint));
        }
    }

    @Override
    public Optional<Instant> lastKept(String source, Question question) throws IOException {
        synchronized (known) {
            return Optional.ofNullable(known(source).last.get(asked(question)));
        }
    }

    @Override
    public long count(String source) throws IOException {
        synchronized (known) {
            return known(source).count;
        }
    }

    private Known known(String source) throws IOException {
        @Nullable Known names = known.get(source);
        if (names == null) {
            names = new Known();
            for (Path path : files(source)) {
                names.add(nameOf(path));
            }
            known.put(source, names);
        }
        return names;
    }

    private static Name nameOf(Path path) {
        @Nullable Name name = Name.of(path.getFileName().toString());
        if (name == null) {
            throw new IllegalStateException(path + " was looked at before");
        }
        return name;
    }

    /** Files by when they came; what is called otherwise is somebody else's. */
    private List<Path> files(String source) throws IOException {
        Path own = folder.resolve(source);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(own, 2)) {
            all.filter(path -> Name.of(path.getFileName().toString()) != null).forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing((Path path) -> nameOf(path).at)
                .thenComparing(path -> path.getFileName().toString()));
        return files;
    }

    @Override
    public void keep(String source, Question question, Reply.Fetched reply) throws IOException {
        Path target = folder.resolve(name(source, question, reply));
        Files.createDirectories(target.getParent());
        Path next = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(next))) {
                out.write(reply.document());
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
        synchronized (known) {
            known(source).add(nameOf(target));
        }
    }

    @Override
    public Stream<Kept> kept(String source) throws IOException {
        return files(source).stream().map(path -> {
            String name = source + "/"
                    + folder.resolve(source).relativize(path).toString().replace('\\', '/');
            return new Kept(name, nameOf(path).at, () -> unpacked(path));
        });
    }

    private static byte[] unpacked(Path path) throws IOException {
        try (InputStream in = new ZstdInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        } catch (MalformedInputException e) {
            throw new IOException("the file is damaged", e);
        }
    }
}
