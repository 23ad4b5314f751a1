/** Settings and secrets of a stage, out of the parameter store. */
@NullMarked
package io.tallywatt.aws.ssm;

import org.jspecify.annotations.NullMarked;
