/**
 * The program as a server: what the API of {@code io.tallywatt.api} stands on here, who may ask (Host and Origin), and how it
 * starts and stops. A {@link Serving} enters; requests are answered until the process is told to end. Start at
 * {@link HttpServer}.
 */
@NullMarked
package io.tallywatt.server.http;

import org.jspecify.annotations.NullMarked;
