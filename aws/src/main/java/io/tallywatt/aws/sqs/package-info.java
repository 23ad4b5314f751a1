/** What queues bring. */
@NullMarked
package io.tallywatt.aws.sqs;

import org.jspecify.annotations.NullMarked;
