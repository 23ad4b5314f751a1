package io.tallywatt.aws.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Addresses of objects that work without credentials for a while: whoever has one does what its maker may do. The credentials of a
 * function end after some hours, and with them every address that they signed.
 */
public final class SignedAddresses {
    private final S3Presigner presigner;
    private final String bucket;

    public SignedAddresses(S3Presigner presigner, String bucket) {
        this.presigner = presigner;
        this.bucket = bucket;
    }

    /** Where one object is to be sent by PUT. */
    public URI toPut(String key, Duration holds) {
        return URI.create(presigner
                .presignPutObject(sign ->
                        sign.signatureDuration(holds).putObjectRequest(put -> put.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    /** Where an object is read by GET. */
    public URI toGet(String key, Duration holds) {
        return URI.create(presigner
                .presignGetObject(sign ->
                        sign.signatureDuration(holds).getObjectRequest(get -> get.bucket(bucket).key(key)))
                .url()
                .toString());
    }
}
