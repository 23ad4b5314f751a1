package io.tallywatt.server.http;

import io.tallywatt.api.Backend;
import io.tallywatt.api.Reception;
import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.store.BlockStore;
import io.tallywatt.core.store.FindingStore;
import io.tallywatt.core.store.Following;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.Ledger;
import io.tallywatt.core.store.ParquetWriter;
import io.tallywatt.duckdb.DuckDbParquet;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The open store, asked by a few threads of its own. */
final class LocalBackend implements Backend {
    private final Serving serving;
    private final Reception reception;
    private final Executor asking;

    LocalBackend(Serving serving, Reception reception, Executor asking) {
        this.serving = serving;
        this.reception = reception;
        this.asking = asking;
    }

    @Override
    public BlockStore blocks() {
        return serving.blocks();
    }

    @Override
    public Ledger ledger() {
        return serving.ledger();
    }

    @Override
    public Following following() {
        return serving.following();
    }

    @Override
    public FindingStore findings() {
        return serving.findings();
    }

    @Override
    public Groups groups() {
        return serving.groups();
    }

    @Override
    public Optional<ParquetWriter> parquet() {
        return Optional.of(new DuckDbParquet(serving.dataFolder().resolve("tmp")));
    }

    @Override
    public LivePower livePower() {
        return serving.power();
    }

    @Override
    public Reception reception() {
        return reception;
    }

    @Override
    public Grid grid() {
        return serving.grid();
    }

    @Override
    public Clock clock() {
        return serving.clock();
    }

    @Override
    public @Nullable String origin(String kind) {
        @Nullable UnaryOperator<String> origin = serving.origin();
        return origin == null ? null : origin.apply(kind);
    }

    @Override
    public <T> T ask(Callable<T> question) {
        return Waiting.forResult(question, asking);
    }
}
