package io.tallywatt.lambda.api;

import io.tallywatt.api.Reception;
import io.tallywatt.aws.s3.SignedAddresses;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Addresses in the inbox of the bucket: what is sent there is taken in like every file that comes there. Each has a folder of its
 * own, so no upload replaces another.
 */
final class BucketUploads implements Reception.Uploads {
    private static final String INBOX = "inbox/";
    private static final Duration HOLDS = Duration.ofHours(1);
    private static final int ID_BYTES = 10;
    private static final int BASE = 36;
    private static final int DIGITS = 16;
    /** S3's keys have at most 1,024 bytes. */
    private static final int LONGEST = 1024 - INBOX.length() - DIGITS - 1;

    /** Of the system, not seeded once: functions restored from one snapshot draw different numbers. */
    private final SecureRandom random = new SecureRandom();

    private final SignedAddresses addresses;
    private final Clock clock;

    BucketUploads(SignedAddresses addresses, Clock clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public Reception.Upload begin(String name) {
        String id = id();
        String listed = id + "/" + shortened(plain(name));
        Instant expires = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(HOLDS);
        return new Reception.Upload(id, listed, addresses.toPut(INBOX + listed, HOLDS), expires);
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String digits = new BigInteger(1, bytes).toString(BASE);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** One part of a path: addresses with "/../" are made shorter on their way, and their signatures wrong. */
    private static String plain(String name) {
        String flat = name.replace('/', '_');
        return flat.equals(".") || flat.equals("..") ? "_" : flat;
    }

    /** The end of a name tells more than its beginning: it says what kind of file it is. */
    private static String shortened(String name) {
        String rest = name;
        while (rest.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            rest = rest.substring(rest.offsetByCodePoints(0, 1));
        }
        return rest;
    }
}
