package io.tallywatt.aws.s3;

import org.jspecify.annotations.Nullable;

/**
 * Where an object lies.
 *
 * @param version of the object, null where the bucket keeps none or the latest is meant
 */
public record ObjectPlace(
        String bucket, String key, @Nullable String version) {
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key + (version == null ? "" : " (version " + version + ")");
    }
}
