package io.tallywatt.collectors.simulator;

import java.time.Instant;
import java.util.List;

/** A site is silent where it should have sent a file. */
public record NotSent(Instant due, List<Label> labels) implements Sending {}
