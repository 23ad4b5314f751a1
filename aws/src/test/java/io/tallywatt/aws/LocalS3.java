package io.tallywatt.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * S3Proxy, in memory, as a process of its own: one for all tests of a JVM, and a bucket of its own for each. It checks signatures;
 * it knows no versions.
 */
public final class LocalS3 {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private static LocalS3 running;

    private final URI endpoint;
    private final S3Client client;

    private LocalS3(URI endpoint) {
        this.endpoint = endpoint;
        this.client = client(endpoint);
    }

    /** Starts it with the first call. */
    public static synchronized LocalS3 get() {
        if (running == null) {
            running = new LocalS3(start());
        }
        return running;
    }

    public URI endpoint() {
        return endpoint;
    }

    public S3Client client() {
        return client;
    }

    /** A client that asks somebody else, such as one between who breaks connections. */
    public static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StandIn.credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    public S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(endpoint)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StandIn.credentials())
                .build();
    }

    /** Makes a bucket that no other test has. */
    public String freshBucket() {
        String bucket = "test-" + ProcessHandle.current().pid() + "-" + BUCKETS.incrementAndGet();
        client.createBucket(b -> b.bucket(bucket));
        return bucket;
    }

    private static URI start() {
        try {
            int port = StandIn.freePort();
            Path settings = Files.createTempFile("s3proxy", ".properties");
            Files.writeString(
                    settings,
                    String.join(
                            "\n",
                            "s3proxy.endpoint=http://127.0.0.1:" + port,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + StandIn.IDENTITY,
                            "s3proxy.credential=" + StandIn.IDENTITY,
                            "jclouds.provider=transient-nio2",
                            "jclouds.identity=" + StandIn.IDENTITY,
                            "jclouds.credential=" + StandIn.IDENTITY));
            try {
                return StandIn.start(
                        "S3Proxy",
                        port,
                        StandIn.java(
                                "-jar",
                                StandIn.packaged("testbed", "s3proxy.jar").toString(),
                                "--properties",
                                settings.toString()));
            } finally {
                Files.deleteIfExists(settings);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
