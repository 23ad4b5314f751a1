package io.tallywatt.core.format.text;

import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.reading.EnergyUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A random wide file, and what it says, worked out with java.time and BigDecimal alone. */
final class RandomWide {
    static final List<String> ZONES = List.of(
            "UTC",
            "Europe/London",
            "Europe/Madrid",
            "America/New_York",
            "Australia/Adelaide",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "Africa/Casablanca",
            "Pacific/Chatham",
            "Asia/Beirut");

    private static final BigDecimal BOUND_KW = new BigDecimal(100_000);

    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE, 9);

    private final Random random;
    /** Of its own, so that the same file can be had with and without quotes. */
    private final Random quotes = new Random(7);

    private final double quoting;
    private final ZoneId zone;
    private final int columns;
    private final int stepMinutes;
    private final String delimiter;
    private final char mark;
    private final String lineEnd;
    private final EnergyUnit unit;
    private final int decimals;
    private final double blanks;
    private final String stamps;
    private final DateTimeFormatter dates;
    private final boolean place;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<String, String> expected = new TreeMap<>();
    private final List<Long> rejected = new ArrayList<>();
    private int rows;
    private long line;

    RandomWide(Random random) {
        this(random, random.nextInt(3) == 0 ? 0 : random.nextDouble());
    }

    RandomWide(Random random, double quoting) {
        this.random = random;
        this.quoting = quoting;
        zone = ZoneId.of(pick(ZONES.toArray(String[]::new)));
        columns = List.of(24, 48, 96, 144, 288).get(random.nextInt(5));
        stepMinutes = 1440 / columns;
        delimiter = pick(",", ",", ",", ";", "\t", "|");
        mark = !delimiter.equals(",") && random.nextBoolean() ? ',' : '.';
        lineEnd = pick("\n", "\r\n");
        unit = List.of(EnergyUnit.KWH, EnergyUnit.KWH, EnergyUnit.WH, EnergyUnit.MWH)
                .get(random.nextInt(4));
        decimals = random.nextInt(10);
        blanks = random.nextInt(3) == 0 ? random.nextDouble() / 4 : 0;
        stamps = pick("start", "end", "numbered");
        dates = DateTimeFormatter.ofPattern(
                pick("yyyy-MM-dd", "yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy", "d/M/yy", "dd-MMM-yyyy", "MMM d yyyy"),
                Locale.ENGLISH);
        place = random.nextBoolean();
        write();
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    ReadingOptions options() {
        // Random dates may happen not to tell their order, or to have it told by chance only.
        return Snippets.options(zone, unit, null, ReadingOptions.DateOrder.DAY_FIRST, null, null, null, null);
    }

    ZoneId zone() {
        return zone;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    Map<String, String> expected() {
        return expected;
    }

    List<Long> rejectedLines() {
        return rejected;
    }

    int rows() {
        return rows;
    }

    /** Readings as {@code meter instant -> value quality}. */
    static Map<String, String> texts(Documents.Outcome outcome, ZoneId zone) {
        Map<String, String> texts = new TreeMap<>();
        outcome.readings(zone)
                .forEach((key, reading) -> texts.put(
                        key + " " + reading.interval().duration(),
                        plain(Snippets.value(reading)) + " " + reading.quality()));
        return texts;
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private void write() {
        header();
        line = 2;
        int meters = 1 + random.nextInt(5);
        for (int meter = 0; meter < meters; meter++) {
            String key = pick("EE", "00", "meter-", "Zähler ") + meter;
            for (LocalDate date : days()) {
                row(key, date);
            }
        }
    }

    private void header() {
        List<String> cells = new ArrayList<>(List.of("Meter", "Date"));
        if (place) {
            cells.add("Location");
        }
        for (int i = 0; i < columns; i++) {
            int minute = (stamps.equals("end") ? i + 1 : i) * stepMinutes;
            cells.add(stamps.equals("numbered") ? "V" + (i + 1) : String.format("%02d:%02d", minute / 60, minute % 60));
        }
        text.append(String.join(delimiter, cells)).append(lineEnd);
    }

    /** Some days, those of clock changes among them. */
    private List<LocalDate> days() {
        List<LocalDate> days = new ArrayList<>();
        LocalDate date = LocalDate.of(2015 + random.nextInt(10), 1 + random.nextInt(12), 1 + random.nextInt(28));
        for (int i = 0; i < 4; i++) {
            days.add(date.plusDays(i));
        }
        ZoneOffsetTransition change = zone.getRules()
                .nextTransition(date.plusDays(5).atStartOfDay(zone).toInstant());
        for (int i = 0; i < 2 && change != null; i++) {
            days.add(change.getDateTimeBefore().toLocalDate());
            change = zone.getRules().nextTransition(change.getInstant().plus(Duration.ofDays(2)));
        }
        return days;
    }

    private void row(String meter, LocalDate date) {
        rows++;
        text.append(cell(meter)).append(delimiter).append(cell(dates.format(date)));
        if (place) {
            text.append(delimiter).append(random.nextInt(4) == 0 ? "\"a " + delimiter + " b\"" : "Hall");
        }
        Map<Instant, BigDecimal> values = new TreeMap<>();
        Instant start = date.atStartOfDay(zone).toInstant();
        Duration length =
                Duration.between(start, date.plusDays(1).atStartOfDay(zone).toInstant());
        boolean bad = length.toMinutes() % stepMinutes != 0;
        // Half of the sources leave out what the day does not have, the others write 0 or make a mistake.
        int habit = random.nextInt(3);
        for (int i = 0; i < columns; i++) {
            @Nullable Instant at = instant(date, i, start, length);
            @Nullable BigDecimal value = random.nextDouble() < blanks ? null : value();
            if (at == null && habit < 2) {
                value = habit == 0 ? null : BigDecimal.ZERO;
            }
            text.append(delimiter).append(cell(value == null ? "" : written(value)));
            bad |= value != null
                    && (at == null && kwh(value).signum() != 0
                            || kwh(value).abs().compareTo(GREATEST) > 0);
            if (at != null && value != null) {
                values.put(at, kwh(value));
            }
        }
        text.append(lineEnd);
        if (bad) {
            rejected.add(line);
        } else {
            values.forEach((at, value) -> expected.put(
                    meter + " " + at + " " + Duration.ofMinutes(stepMinutes), plain(value) + " " + quality(value)));
        }
        line++;
    }

    /** The instant that a column begins at, or null if the day has none for it. */
    private @Nullable Instant instant(LocalDate date, int column, Instant start, Duration length) {
        if (stamps.equals("numbered")) {
            Duration since = Duration.ofMinutes((long) column * stepMinutes);
            return since.compareTo(length) < 0 ? start.plus(since) : null;
        }
        LocalDateTime time = date.atStartOfDay().plusMinutes((long) column * stepMinutes);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.isEmpty() ? null : time.toInstant(offsets.getFirst());
    }

    private BigDecimal value() {
        int digits = random.nextInt(10) == 0 ? 12 : 1 + random.nextInt(5);
        BigInteger units = new BigInteger(String.valueOf(Math.abs(random.nextLong() % (long) Math.pow(10, digits))));
        int scale = random.nextInt(4) == 0 ? random.nextInt(12) : decimals;
        BigDecimal value = new BigDecimal(units, scale);
        return random.nextInt(200) == 0 ? value.negate() : value;
    }

    private BigDecimal kwh(BigDecimal value) {
        return value.movePointLeft(unit.moreDecimals()).setScale(9, RoundingMode.HALF_EVEN);
    }

    private String quality(BigDecimal kwh) {
        BigDecimal kw =
                kwh.multiply(BigDecimal.valueOf(60)).divide(BigDecimal.valueOf(stepMinutes), 30, RoundingMode.UP);
        return kwh.signum() < 0 || kw.compareTo(BOUND_KW) > 0 ? "INVALID" : "ACTUAL";
    }

    private String written(BigDecimal value) {
        String plain = random.nextInt(300) == 0 ? value.toString() : value.toPlainString();
        return plain.replace('.', mark);
    }

    private String cell(String content) {
        if (quotes.nextDouble() < quoting) {
            return "\"" + content + "\"";
        }
        return content;
    }
}
