/**
 * The HTTP API, shared by the server and a Lambda: what is asked, how it is answered, what is refused and why. What enters
 * is a request, what leaves is bytes; the store is reached through core's ports alone.
 */
@NullMarked
package io.tallywatt.api;

import org.jspecify.annotations.NullMarked;
