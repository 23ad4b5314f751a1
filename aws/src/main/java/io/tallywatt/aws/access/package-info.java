/** API keys in the table: partition {@code key}, which the stack lets the API read and nobody but its owner write. */
@NullMarked
package io.tallywatt.aws.access;

import org.jspecify.annotations.NullMarked;
