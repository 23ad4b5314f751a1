package io.tallywatt.aws.s3;

import io.tallywatt.aws.Scratch;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.ingest.DeadLetters;
import io.tallywatt.core.ingest.Document;
import io.tallywatt.core.ingest.Salted;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bytes of documents that could not be read, each below {@code quarantine/} under its delivery's id; beside them what they were
 * called, when they came, and by what else they are known. Not in the object's own metadata, where 2 kB of ASCII fit.
 */
public final class S3DeadLetters implements DeadLetters {
    private static final String PREFIX = "quarantine/";
    private static final String NAME = "name";
    private static final String RECEIVED = "receivedAt";
    private static final String SALT = "salt";
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

    private static String factsKey(long delivery) {
        return key(delivery) + ".properties";
    }

    /** Unpacked, so that it is read again as what it is; what cannot be unpacked, as it came. */
    @Override
    public void keep(long delivery, Document document) throws IOException {
        if (document.unpackedSize() >= 0) {
            put(delivery, document, body(document));
            return;
        }
        Path spool = Scratch.file("quarantine", "");
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

    /** Opened anew for each try: a stream that was read in part cannot be sent again. */
    private static RequestBody body(Document document) {
        return RequestBody.fromContentProvider(
                () -> {
                    try {
                        return document.open();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                document.unpackedSize(),
                "application/octet-stream");
    }

    private void put(long delivery, Document document, RequestBody body) throws IOException {
        Properties facts = new Properties();
        facts.setProperty(NAME, document.name());
        facts.setProperty(RECEIVED, document.receivedAt().toString());
        facts.setProperty(SALT, HexFormat.of().formatHex(document.salt()));
        StringWriter text = new StringWriter();
        facts.store(text, null);
        try {
            // First the bytes: they are found by their facts, so never without them.
            s3.get().putObject(p -> p.bucket(bucket).key(key(delivery)), body);
            s3.get().putObject(p -> p.bucket(bucket).key(factsKey(delivery)), RequestBody.fromString(text.toString()));
        } catch (SdkException e) {
            throw new IOException("The bucket could not keep it: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Optional<Document> find(long delivery) {
        try {
            Properties facts = new Properties();
            facts.load(new StringReader(s3.get()
                    .getObjectAsBytes(g -> g.bucket(bucket).key(factsKey(delivery)))
                    .asUtf8String()));
            Instant receivedAt = Instant.parse(facts.getProperty(RECEIVED));
            byte[] salt = HexFormat.of().parseHex(facts.getProperty(SALT));
            return S3Document.find(s3.get(), new ObjectPlace(bucket, key(delivery), null), facts.getProperty(NAME))
                    .map(document -> document.receivedAt(receivedAt))
                    .map(document -> salt.length == 0 ? document : new Salted(document, salt));
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
            s3.get().deleteObject(d -> d.bucket(bucket).key(factsKey(delivery)));
            s3.get().deleteObject(d -> d.bucket(bucket).key(key(delivery)));
        } catch (SdkException e) {
            throw new IOException("The bucket could not let go of it: " + e.getMessage(), e);
        }
    }
}
