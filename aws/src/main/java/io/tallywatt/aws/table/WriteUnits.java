package io.tallywatt.aws.table;

import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/** Adds up the write units that the table says were consumed. */
public final class WriteUnits {
    private final DoubleAdder sum = new DoubleAdder();

    void add(@Nullable ConsumedCapacity consumed) {
        if (consumed == null) {
            return;
        }
        Double write = consumed.writeCapacityUnits();
        Double all = consumed.capacityUnits();
        sum.add(write != null ? write : all != null ? all : 0);
    }

    void add(List<ConsumedCapacity> consumed) {
        consumed.forEach(this::add);
    }

    public double sum() {
        return sum.sum();
    }

    /** Begins anew, and says what it came to. */
    public double reset() {
        return sum.sumThenReset();
    }
}
