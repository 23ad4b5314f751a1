package io.tallywatt.lambda.api;

import io.tallywatt.api.Backend;
import io.tallywatt.api.Reception;
import io.tallywatt.core.register.HomeBlocks;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.lambda.Parts;
import java.time.Clock;
import java.util.concurrent.Callable;

/** The store in the table. A function answers one request at a time, so questions wait for nobody. */
record FunctionBackend(Parts parts, Reception reception) implements Backend {
    @Override
    public BlockStore blocks() {
        return new HomeBlocks(parts.store(), HomeBlocks.USUAL_JITTER);
    }

    @Override
    public Ledger ledger() {
        return parts.store();
    }

    @Override
    public Following following() {
        return parts.store();
    }

    @Override
    public FindingStore findings() {
        return parts.store();
    }

    @Override
    public Groups groups() {
        return parts.store();
    }

    @Override
    public Clock clock() {
        return parts.clock();
    }

    @Override
    public boolean holdsOpen() {
        return false;
    }

    @Override
    public <T> T ask(Callable<T> question) {
        try {
            return question.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
