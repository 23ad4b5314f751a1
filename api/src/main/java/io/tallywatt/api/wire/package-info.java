/**
 * What answers look like as JSON and CSV, on the command line and over HTTP alike: the shapes of the OpenAPI document, written as they
 * stream by, decimals with their exact digits. Records of core enter, bytes leave. Start at {@link TotalShape}.
 */
@NullMarked
package io.tallywatt.api.wire;

import org.jspecify.annotations.NullMarked;
