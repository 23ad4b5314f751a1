package io.tallywatt.server.report;

import io.tallywatt.core.reading.Scaled;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Small pieces of text for people. */
public final class Text {
    private Text() {}

    /** {@code 1,234,567}. */
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 1 row}, {@code 2 rows}. */
    public static String count(long n, String one, String many) {
        return count(n) + " " + (n == 1 ? one : many);
    }

    /** Exact digits; {@code -} for none. */
    public static String decimal(@Nullable BigDecimal value) {
        return value == null ? "-" : Scaled.text(value);
    }

    /** Names and rows come from outside: what would move a terminal's cursor is shown as a question mark. */
    public static String clean(String raw) {
        boolean dirty = false;
        for (int i = 0; i < raw.length() && !dirty; i++) {
            dirty = Character.isISOControl(raw.charAt(i));
        }
        if (!dirty) {
            return raw;
        }
        StringBuilder clean = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            clean.append(c == '\t' || c == '\n' || c == '\r' ? ' ' : Character.isISOControl(c) ? '?' : c);
        }
        return clean.toString().stripTrailing();
    }

    /** A reason beside the name of its file need not say the name again. */
    public static String reason(String name, String reason) {
        for (String start : new String[] {"Cannot take " + name + ": ", "'" + name + "' "}) {
            if (reason.startsWith(start)) {
                return clean(reason.substring(start.length()));
            }
        }
        return clean(reason);
    }

    /** Cut at the end. */
    public static String atMost(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 3) + "...";
    }

    /** A path is known by its end: cut at the front. */
    public static String endOf(String path, int columns) {
        return path.length() <= columns ? path : "..." + path.substring(path.length() - columns + 3);
    }
}
