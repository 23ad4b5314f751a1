package io.tallywatt.collectors.simulator;

import java.time.Instant;
import java.util.List;

/**
 * A file that a site sends.
 *
 * @param name unique, and in the order of a site's intervals where its names are sorted; letters, digits and {@code -_.} only
 * @param due when it arrives
 * @param content UTF-8
 */
public record SimulatedFile(String name, Instant due, byte[] content, List<Label> labels) implements Sending {}
