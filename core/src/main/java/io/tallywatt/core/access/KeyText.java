package io.tallywatt.core.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its holder has it: {@code tw_ID_SECRET}, of letters and digits only, so that a double click takes all of it and nothing needs
 * to be escaped. It begins alike everywhere, so that it is found where it should not be.
 *
 * @param id 10 letters and digits
 * @param secret 40 letters and digits: 200 bits of chance
 */
public record KeyText(String id, String secret) {
    private static final int ID = 10;
    private static final int SECRET = 40;
    private static final int BASE = 32;
    private static final int BITS_OF_A_DIGIT = 5;
    private static final Pattern FORM = Pattern.compile("tw_([0-9a-v]{" + ID + "})_([0-9a-v]{" + SECRET + "})");

    /** Draws a new one. */
    public static KeyText draw(SecureRandom random) {
        return new KeyText(digits(random, ID), digits(random, SECRET));
    }

    private static String digits(SecureRandom random, int count) {
        String digits = new BigInteger(count * BITS_OF_A_DIGIT, random).toString(BASE);
        return "0".repeat(count - digits.length()) + digits;
    }

    /** Empty if the text is no key, such as one that was not copied whole. */
    public static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** What is kept of it. */
    public ApiKey kept(String name, Scope scope, Instant created) {
        return new ApiKey(id, name, scope, hash(), created, null);
    }

    /**
     * A quick hash does: it is slow ones that passwords need, which can be guessed. Of 200 bits nobody guesses one.
     *
     * @return SHA-256 of the secret, hexadecimal
     */
    String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** All of it: for its holder, once. */
    public String text() {
        return "tw_" + id + "_" + secret;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "tw_" + id + "_...";
    }
}
