package io.tallywatt.benchmarks;

import io.tallywatt.core.reading.DayBlock;
import io.tallywatt.core.reading.Quality;
import io.tallywatt.core.store.Layer;
import io.tallywatt.core.store.Overlay;
import io.tallywatt.core.store.Precedence;
import io.tallywatt.core.time.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A day of half-hours, and a correction of its afternoon laid over it: time per block. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LayerOverlay {
    private static final int DAY = Math.toIntExact(MeterFile.FIRST.toEpochDay());

    private final List<Layer> layers = List.of(layer(1, 0), layer(2, Demand.HALF_HOURS / 2));

    private static Layer layer(int delivery, int firstInterval) {
        long[] values = new long[Demand.HALF_HOURS];
        new Demand(delivery).day(1, DAY, values, 0);
        byte[] qualities = new byte[Demand.HALF_HOURS];
        for (int i = 0; i < firstInterval; i++) {
            qualities[i] = Quality.MISSING.code();
        }
        DayBlock block =
                DayBlock.regular(DAY, (long) DAY * Resolution.DAY_SECONDS, Resolution.HALF_HOUR, 3, values, qualities);
        return new Layer(delivery, new Precedence(Instant.ofEpochSecond(delivery), delivery, 1), block);
    }

    @Benchmark
    public @Nullable DayBlock overlay() {
        return Overlay.of(layers);
    }
}
