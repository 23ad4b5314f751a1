package io.tallywatt.duckdb;

/**
 * How much of the machine the embedded store may use.
 *
 * @param threads for parsing and storing together
 * @param memoryLimit of DuckDB's own memory, in its notation ({@code 1GB}); the JVM's heap comes on top
 * @param readOnly whether several processes may hold the store at once, all of them reading only
 */
public record DuckDbSettings(int threads, String memoryLimit, boolean readOnly) {
    public static final DuckDbSettings DEFAULT =
            new DuckDbSettings(Math.max(1, Runtime.getRuntime().availableProcessors()), "1GB", false);

    public DuckDbSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("At least one thread is needed, but got " + threads);
        }
    }
}
