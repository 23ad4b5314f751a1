/** What is asked of the outside: the port to whoever publishes readings, what may be answered, and where replies are kept. */
@NullMarked
package io.tallywatt.core.source;

import org.jspecify.annotations.NullMarked;
