package io.tallywatt.collectors.simulator;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A simulated feed. It can be run any number of times, from the same settings with the same outcome to the byte, and is made
 * as it is read: a feed without end takes no more memory than one of an hour.
 */
public final class Simulation {
    private final SimulationSettings settings;

    private Simulation(SimulationSettings settings) {
        this.settings = settings;
    }

    public static Simulation of(SimulationSettings settings) {
        return new Simulation(settings);
    }

    /** All that sites send or fail to send, in the order in which it is due. */
    public Stream<Sending> sendings() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(run(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** The files alone. What is missing because no file came has its labels only in {@link #sendings}. */
    public Stream<SimulatedFile> files() {
        return sendings().filter(SimulatedFile.class::isInstance).map(SimulatedFile.class::cast);
    }

    /** The same step by step, for whoever may stop in the middle. */
    public SimulationRun run() {
        return new SimulationRun(settings);
    }
}
