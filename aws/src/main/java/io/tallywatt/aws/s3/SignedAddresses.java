package io.tallywatt.aws.s3;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Addresses of objects that work without credentials for a while: whoever has one does what its maker may do. The credentials of a
 * function end after some hours, and with them every address that they signed.
 */
public final class SignedAddresses {
    private final Supplier<S3Presigner> signing;
    private final String bucket;
    private @Nullable S3Presigner presigner;

    /** @param signing makes what signs, when it is first needed: that takes longer than most answers, and few need it */
    public SignedAddresses(Supplier<S3Presigner> signing, String bucket) {
        this.signing = signing;
        this.bucket = bucket;
    }

    private synchronized S3Presigner presigner() {
        if (presigner == null) {
            presigner = signing.get();
        }
        return presigner;
    }

    /** Where one object is to be sent by PUT. */
    public URI toPut(String key, Duration holds) {
        return URI.create(presigner()
                .presignPutObject(sign -> sign.signatureDuration(holds)
                        .putObjectRequest(put -> put.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    /** Where an object is read by GET. */
    public URI toGet(String key, Duration holds) {
        return URI.create(presigner()
                .presignGetObject(sign -> sign.signatureDuration(holds)
                        .getObjectRequest(get -> get.bucket(bucket).key(key)))
                .url()
                .toString());
    }
}
