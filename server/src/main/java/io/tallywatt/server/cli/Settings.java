package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.access.PublicRead;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.register.HomeBlocks;
import io.tallywatt.core.time.Resolution;
import io.tallywatt.core.validate.JudgeSettings;
import io.tallywatt.server.alert.AlertSettings;
import io.tallywatt.server.collect.CollectSettings;
import io.tallywatt.server.inbox.InboxSettings;
import io.tallywatt.server.inbox.InboxSettings.SameName;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a data folder: its {@code tallywatt.properties}, over which the environment goes. */
public final class Settings {
    static final String FILE = "tallywatt.properties";
    private static final String DEFAULT_MEMORY = "1GB";
    private static final long LONGEST_SECRET = 10_000;
    private static final Path DEFAULT_INBOX = Path.of("inbox");
    private static final Duration LONGEST_QUIET = Duration.ofDays(1);
    private static final String QUIET = "a length of time of at most a day such as PT1S or PT0.2S";

    private final Properties file;
    private final Path path;
    private final Map<String, String> env;

    private Settings(Properties file, Path path, Map<String, String> env) {
        this.file = file;
        this.path = path;
        this.env = env;
    }

    static Settings of(Path folder, Map<String, String> env) {
        Path path = folder.resolve(FILE);
        Properties file = new Properties();
        if (Files.exists(path)) {
            try (Reader reader = Files.newBufferedReader(path)) {
                file.load(reader);
            } catch (MalformedInputException e) {
                throw Stop.usage(path + " is not UTF-8 text");
            } catch (IOException e) {
                throw Stop.cannotRun(path + " cannot be read: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw Stop.usage(path + " is no properties file: " + e.getMessage());
            }
        }
        return new Settings(file, path, env);
    }

    /** The zone of clock times without offset; empty where nobody set one. */
    Optional<ZoneId> zone() {
        return get("tallywatt.zone", Values::zone);
    }

    BigDecimal plausibleKw() {
        return get("tallywatt.plausible-kw", Values::positive).orElse(ReadingOptions.DEFAULT_PLAUSIBLE_KW);
    }

    /** Largest drop of a home's register, in kWh, that is no restart. */
    BigDecimal registerJitter() {
        return get("tallywatt.register-jitter", Settings::jitter).orElse(HomeBlocks.USUAL_JITTER);
    }

    private static BigDecimal jitter(String text) {
        try {
            BigDecimal kwh = new BigDecimal(text);
            if (kwh.signum() >= 0 && kwh.compareTo(BigDecimal.ONE) <= 0) {
                return kwh;
            }
        } catch (NumberFormatException e) {
            // As below.
        }
        throw new Values.Unexpected("kWh from 0 to 1, such as 0.010", text);
    }

    /** Length of the intervals that sites send records of. */
    Resolution feedEvery() {
        return get("tallywatt.feed.every", Settings::interval).orElse(ReadingOptions.DEFAULT_FEED_EVERY);
    }

    private static Resolution interval(String text) {
        Resolution resolution = Values.resolution(text);
        if (resolution.isDay()) {
            throw new Values.Unexpected("an interval shorter than a day, such as PT5M", text);
        }
        return resolution;
    }

    /** What judging goes by. */
    JudgeSettings judging() {
        return new JudgeSettings(
                plausibleKw(),
                get("tallywatt.feed.late-after", Settings::pause).orElse(JudgeSettings.DEFAULT_LATE_AFTER),
                get("tallywatt.feed.overdue-after", Settings::pause).orElse(JudgeSettings.DEFAULT_LATE_AFTER));
    }

    private static Duration pause(String text) {
        try {
            Duration pause = Duration.parse(text);
            if (pause.isPositive()) {
                return pause;
            }
        } catch (DateTimeParseException e) {
            // As below.
        }
        throw new Values.Unexpected("an ISO 8601 time such as PT15M", text);
    }

    /** How files are read where nobody says otherwise. */
    ReadingOptions options() {
        return new ReadingOptions(
                zone().orElse(Values.UTC),
                zone().isPresent(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                plausibleKw(),
                feedEvery());
    }

    /** Further names under which a server may be reached, for the check of the header Host. */
    Set<String> hosts() {
        return get("tallywatt.hosts", text -> Set.copyOf(Arrays.asList(text.split("[\\s,]+"))))
                .orElse(Set.of());
    }

    /** What is read without a key where keys are asked for. */
    PublicRead publicRead() {
        return get("tallywatt.public-read", PublicRead::parse).orElse(PublicRead.NOTHING);
    }

    /** The folder that a server watches; in the data folder unless it is absolute. */
    Path inbox() {
        return path.resolveSibling(get("tallywatt.inbox", Path::of).orElse(DEFAULT_INBOX));
    }

    /** How long a file of the inbox has not changed when it is complete. */
    Duration inboxQuiet() {
        return get("tallywatt.inbox.quiet", Settings::quiet).orElse(InboxSettings.DEFAULT_QUIET);
    }

    /** What becomes of a file of the inbox whose name came before with other content. */
    SameName inboxSameName() {
        return get("tallywatt.inbox.same-name", Settings::sameName).orElse(SameName.REFUSE);
    }

    /** For reading and for the store. */
    public int threads() {
        return get("tallywatt.threads", Settings::threadCount)
                .orElseGet(() -> Math.max(1, Runtime.getRuntime().availableProcessors()));
    }

    /** The store's limit, as DuckDB writes it. */
    public String memory() {
        return get("tallywatt.memory", Settings::amount).orElse(DEFAULT_MEMORY);
    }

    /** Who is told of findings, and how much. */
    public AlertSettings alerts() {
        return new AlertKeys(this).read();
    }

    /** Which sources outside a server asks. */
    CollectSettings collecting(Clock clock) {
        return new CollectKeys(this).read(clock);
    }

    /**
     * One of them, by its name.
     *
     * @param asking whether it is to be asked; what it takes to do so must be set then
     */
    CollectSettings.Chosen source(String name, Clock clock, boolean asking) {
        return new CollectKeys(this).source(name, clock, asking);
    }

    /** Borders, cables and zones. */
    Grid grid() {
        return new CollectKeys(this).grid();
    }

    /** Those of the store too are right or told, even where a server has opened it with its own. */
    void check() {
        threads();
        memory();
        feedEvery();
        registerJitter();
    }

    /** What may as well stand in a file of its own, named by the same key with {@code -file}: relative to the data folder. */
    <T> Optional<T> secret(String key, Function<String, T> reading) {
        Optional<T> stated = get(key, reading);
        Optional<T> inFile = get(key + "-file", name -> reading.apply(content(name)));
        if (stated.isPresent() && inFile.isPresent()) {
            throw Stop.usage("Both " + key + " and " + key + "-file are set: which is meant?");
        }
        return stated.or(() -> inFile);
    }

    private String content(String name) {
        try {
            Path named = path.resolveSibling(name);
            if (Files.size(named) > LONGEST_SECRET) {
                throw new IllegalArgumentException(named + " is too long for a setting");
            }
            return Files.readString(named).strip();
        } catch (InvalidPathException e) {
            throw new Values.Unexpected("the name of a file", name);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(path.resolveSibling(name) + " is not UTF-8 text");
        } catch (IOException e) {
            throw new IllegalArgumentException(path.resolveSibling(name) + " cannot be read: " + Failures.inWords(e));
        }
    }

    <T> Optional<T> get(String key, Function<String, T> reading) {
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        @Nullable String stated = env.get(variable);
        String from = variable;
        if (stated == null || stated.isBlank()) {
            stated = file.getProperty(key);
            from = key + " in " + path;
        }
        if (stated == null || stated.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(stated.strip()));
        } catch (IllegalArgumentException e) {
            throw Stop.usage("Invalid setting " + from + ": " + e.getMessage());
        }
    }

    private static Integer threadCount(String text) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1) {
            return Integer.valueOf(text);
        }
        throw new Values.Unexpected("a number of threads from 1 to 999", text);
    }

    private static Duration quiet(String text) {
        try {
            Duration quiet = Duration.parse(text);
            if (!quiet.isNegative() && quiet.compareTo(LONGEST_QUIET) <= 0) {
                return quiet;
            }
        } catch (DateTimeException e) {
            throw new Values.Unexpected(QUIET, text);
        }
        throw new Values.Unexpected(QUIET, text);
    }

    private static SameName sameName(String text) {
        return switch (text) {
            case "refuse" -> SameName.REFUSE;
            case "take" -> SameName.TAKE;
            default -> throw new Values.Unexpected("refuse or take", text);
        };
    }

    private static String amount(String text) {
        if (text.matches("(?i)[1-9][0-9]{0,8} ?([KMGT]i?B)")) {
            return text;
        }
        throw new Values.Unexpected("an amount of memory such as 512MB or 2GB", text);
    }
}
