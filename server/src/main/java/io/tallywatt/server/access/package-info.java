/** API keys in the data folder, for a server that others reach. */
@NullMarked
package io.tallywatt.server.access;

import org.jspecify.annotations.NullMarked;
