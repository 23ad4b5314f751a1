package io.tallywatt.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tallywatt.core.store.Upkeep;
import java.io.InputStream;
import java.io.OutputStream;

/** Puts the journal in order, each night. */
public final class TidyHandler implements RequestStreamHandler {
    private final Upkeep upkeep;

    /** As Lambda makes it: by the settings of the process. */
    public TidyHandler() {
        this(Parts.ofProcess().store());
    }

    TidyHandler(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
        LogLine.info("tidied").with("months", upkeep.tidy().toString()).write();
    }
}
