package io.tallywatt.lambda.api;

import io.tallywatt.aws.s3.SignedAddresses;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Large answers below {@code answers/}, which the bucket lets go of after a day. */
final class AnswersInBucket implements LargeAnswers.Place {
    private static final String PREFIX = "answers/";
    private static final Duration HOLDS = Duration.ofMinutes(15);

    private final Supplier<S3Client> s3;
    private final String bucket;
    private final SignedAddresses addresses;

    AnswersInBucket(Supplier<S3Client> s3, String bucket, SignedAddresses addresses) {
        this.s3 = s3;
        this.bucket = bucket;
        this.addresses = addresses;
    }

    @Override
    public URI keep(Buffered answer, MediaType type) {
        String key = PREFIX + UUID.randomUUID();
        try {
            Path file = answer.file();
            s3.get().putObject(p -> p.bucket(bucket).key(key).contentType(type.toString()), RequestBody.fromFile(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return addresses.toGet(key, HOLDS);
    }
}
