package io.tallywatt.aws.s3;

import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The bytes of documents that could not be read, each below {@code quarantine/} under its delivery's id. */
public final class S3DeadLetters implements DeadLetters {
    private static final String PREFIX = "quarantine/";
    private static final String NAME = "name";
    private static final String RECEIVED = "received-at";
    private static final int NOT_FOUND = 404;

    private final Supplier<S3Client> s3;
    private final String bucket;

    /** @param s3 is asked for the client when one is needed, which is seldom */
    public S3DeadLetters(Supplier<S3Client> s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    private static String key(long delivery) {
        return PREFIX + delivery;
    }

    /** Unpacked, so that it is read again as what it is; what cannot be unpacked, as it came. */
    @Override
    public void keep(long delivery, Document document) throws IOException {
        if (document.unpackedSize() >= 0) {
            try (InputStream in = document.open()) {
                put(delivery, document, RequestBody.fromInputStream(in, document.unpackedSize()));
            }
            return;
        }
        Path spool = Files.createTempFile("quarantine", "");
        try {
            try (InputStream in = document.open()) {
                Files.copy(in, spool, StandardCopyOption.REPLACE_EXISTING);
            } catch (UnreadableDocument e) {
                try (InputStream in = document.openPacked()) {
                    Files.copy(in, spool, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            put(delivery, document, RequestBody.fromFile(spool));
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private void put(long delivery, Document document, RequestBody body) throws IOException {
        // Headers are ASCII.
        Map<String, String> facts = Map.of(
                NAME,
                URLEncoder.encode(document.name(), StandardCharsets.UTF_8),
                RECEIVED,
                document.receivedAt().toString());
        try {
            s3.get().putObject(p -> p.bucket(bucket).key(key(delivery)).metadata(facts), body);
        } catch (SdkException e) {
            throw new IOException("The bucket could not keep it: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Document> find(long delivery) {
        try {
            Map<String, String> facts = s3.get()
                    .headObject(h -> h.bucket(bucket).key(key(delivery)))
                    .metadata();
            String name = URLDecoder.decode(facts.getOrDefault(NAME, ""), StandardCharsets.UTF_8);
            Instant receivedAt = Instant.parse(Objects.requireNonNull(facts.get(RECEIVED)));
            return S3Document.find(s3.get(), new ObjectPlace(bucket, key(delivery), null), name)
                    .map(document -> document.receivedAt(receivedAt));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void discard(long delivery) throws IOException {
        try {
            s3.get().deleteObject(d -> d.bucket(bucket).key(key(delivery)));
        } catch (SdkException e) {
            throw new IOException("The bucket could not let go of it: " + e.getMessage(), e);
        }
    }
}
