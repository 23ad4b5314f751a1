/**
 * What answers look like as JSON and CSV, on the command line and over HTTP alike: the shapes of docs/api.md, written as they
 * stream by, decimals with their exact digits. Records of core enter, bytes leave. Start at {@link TotalShape}.
 */
@NullMarked
package io.tallywatt.api.wire;

import org.jspecify.annotations.NullMarked;
