package io.tallywatt.core.reading;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a series: one quantity of one thing, {@code kind/key/quantity[/channel]}, such as
 * {@code meter/EE00011/consumption}.
 *
 * <p>The key is held as the source wrote it; in the text form every byte outside {@code [A-Za-z0-9._:-]} is written
 * {@code ~XX} (UTF-8, upper-case hex), so that two different keys never share a name.
 *
 * @param kind what sort of thing: {@code meter, site, home, border, zone}
 * @param key which one, unescaped and not empty
 * @param quantity what is measured: {@code consumption, generation, flow, price}
 * @param channel a meter's register ({@code E2}), or null
 */
public record Series(
        String kind, String key, String quantity, @Nullable String channel) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Set<String> RESERVED = Set.of("readings", "explain");

    public Series {
        check("kind", kind);
        check("quantity", quantity);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("A series key is not empty");
        }
        if (channel != null) {
            check("channel", channel);
            if (RESERVED.contains(channel)) {
                throw new IllegalArgumentException("'" + channel + "' is reserved and cannot be a channel");
            }
        }
    }

    /** What a meter drew from the grid: what the totals are made of. */
    public static Series meterConsumption(String key) {
        return new Series("meter", key, "consumption", null);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException that says what was expected
     */
    public static Series parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException(
                    "Expected a series as kind/key/quantity[/channel], such as meter/EE00011/consumption, but got '"
                            + text + "'");
        }
        return new Series(parts[0], unescape(parts[1]), parts[2], parts.length == 4 ? unescape(parts[3]) : null);
    }

    /** Whether the series is part of consumption totals. */
    public boolean countsInTotals() {
        return kind.equals("meter") && quantity.equals("consumption");
    }

    private static void check(String what, String value) {
        if (value.isEmpty() || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException("A series " + what + " is a word without '/', but got '" + value + "'");
        }
    }

    private static boolean plain(int b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '.'
                || b == '_'
                || b == ':'
                || b == '-';
    }

    static String escape(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (plain(b & 0xff)) {
                text.append((char) b);
            } else {
                text.append('~').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    static String unescape(String text) {
        if (text.indexOf('~') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int n = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '~') {
                if (i + 2 >= in.length || !HexFormat.isHexDigit(in[i + 1]) || !HexFormat.isHexDigit(in[i + 2])) {
                    throw new IllegalArgumentException("Expected two hex digits after '~' in '" + text + "'");
                }
                out[n++] = (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
                i += 2;
            } else {
                out[n++] = in[i];
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }

    /** The text form, escaped. */
    @Override
    public String toString() {
        String text = kind + "/" + escape(key) + "/" + quantity;
        return channel == null ? text : text + "/" + escape(channel);
    }
}
