/**
 * The API as a function: what the resources of {@code io.tallywatt.api} stand on here. A request comes in whole and its answer goes out
 * whole, so what is too large for that goes past the function, by addresses of the bucket. Start at {@link Beans}.
 */
@NullMarked
package io.tallywatt.lambda.api;

import org.jspecify.annotations.NullMarked;
