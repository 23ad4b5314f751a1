/** Documents that lie in a bucket, and those that could not be read. */
@NullMarked
package io.tallywatt.aws.s3;

import org.jspecify.annotations.NullMarked;
