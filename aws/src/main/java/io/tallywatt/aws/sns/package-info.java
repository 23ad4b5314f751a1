/** Alerts to a topic, whose subscribers are told by mail, telephone or program. */
@NullMarked
package io.tallywatt.aws.sns;

import org.jspecify.annotations.NullMarked;
