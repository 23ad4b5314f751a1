/**
 * Data for trying things out, made up and named so: meters {@code SIM-...}, files {@code simulated-...}. A folder enters, files
 * leave, the same each time.
 */
@NullMarked
package io.tallywatt.server.demo;

import org.jspecify.annotations.NullMarked;
