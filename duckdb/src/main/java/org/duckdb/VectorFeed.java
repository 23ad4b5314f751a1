package org.duckdb;

import static org.duckdb.DuckDBBindings.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A table function that writes DuckDB's vectors directly, lists included.
 *
 * <p>The driver's public {@code DuckDBTableFunction} has no list vectors: forty-eight columns and {@code list_value} in
 * their place take about three times as long. So this class stands in the driver's package, where its bindings to the C
 * API are visible, and takes the place of its wrapper. It is the only class that does; the driver's version is pinned,
 * and a test fails if a new one changes what is used here. See docs/design/dependencies.md.
 *
 * @param <L> what one scanning thread keeps between calls
 */
@NullMarked
public abstract class VectorFeed<L> extends DuckDBTableFunctionWrapper {
    /** The types that a feed can write. */
    public enum ColumnType {
        INTEGER(CAPIType.DUCKDB_TYPE_INTEGER, 4),
        DATE(CAPIType.DUCKDB_TYPE_DATE, 4),
        BIGINT(CAPIType.DUCKDB_TYPE_BIGINT, 8),
        TIMESTAMP_S(CAPIType.DUCKDB_TYPE_TIMESTAMP_S, 8),
        UTINYINT(CAPIType.DUCKDB_TYPE_UTINYINT, 1),
        BIGINT_LIST(CAPIType.DUCKDB_TYPE_BIGINT, 8),
        UTINYINT_LIST(CAPIType.DUCKDB_TYPE_UTINYINT, 1);

        private final CAPIType element;
        private final int width;

        ColumnType(CAPIType element, int width) {
            this.element = element;
            this.width = width;
        }

        boolean isList() {
            return this == BIGINT_LIST || this == UTINYINT_LIST;
        }
    }

    /** A column of the feed. */
    public record Column(String name, ColumnType type) {}

    private final List<Column> columns;
    private final int threads;
    private volatile @Nullable Throwable failure;

    protected VectorFeed(List<Column> columns, int threads) {
        super(null);
        this.columns = columns;
        this.threads = threads;
    }

    /** A new state for one scanning thread. */
    protected abstract L lane();

    /**
     * Writes the next rows, at most {@link #capacity()}.
     *
     * @return how many; 0 ends the lane
     */
    protected abstract int fill(L lane, Vectors out) throws Exception;

    /** What {@link #fill} or {@link #lane} threw, which the failed statement tells only as text. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Forgets the failure of an earlier statement. */
    protected void reset() {
        failure = null;
    }

    /** Rows per call. */
    public static int capacity() {
        return Math.toIntExact(duckdb_vector_size());
    }

    /** Makes the feed known to one database under a name; statements can then select from it. */
    public void register(Connection connection, String name) throws SQLException {
        DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
        ByteBuffer function = duckdb_create_table_function();
        try {
            duckdb_table_function_set_name(function, name.getBytes(StandardCharsets.UTF_8));
            duckdb_table_function_set_extra_info(function, this);
            duckdb_table_function_set_bind(function);
            duckdb_table_function_set_init(function);
            duckdb_table_function_set_local_init(function);
            duckdb_table_function_set_function(function);
            duck.connRefLock.lock();
            try {
                if (duckdb_register_table_function(duck.connRef, function) != 0) {
                    throw new SQLException("DuckDB did not take the table function '" + name + "'");
                }
            } finally {
                duck.connRefLock.unlock();
            }
        } finally {
            duckdb_destroy_table_function(function);
        }
    }

    @Override
    public void executeBind(ByteBuffer bind) {
        try {
            for (Column column : columns) {
                ByteBuffer element = duckdb_create_logical_type(column.type().element.typeId);
                byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
                if (column.type().isList()) {
                    ByteBuffer list = duckdb_create_list_type(element);
                    duckdb_bind_add_result_column(bind, name, list);
                    duckdb_destroy_logical_type(list);
                } else {
                    duckdb_bind_add_result_column(bind, name, element);
                }
                duckdb_destroy_logical_type(element);
            }
            duckdb_bind_set_bind_data(bind, this);
        } catch (Throwable e) {
            failure = e;
            duckdb_bind_set_error(bind, message(e));
        }
    }

    @Override
    public void executeGlobalInit(ByteBuffer init) {
        duckdb_init_set_max_threads(init, threads);
        duckdb_init_set_init_data(init, this);
    }

    @Override
    public void executeLocalInit(ByteBuffer init) {
        try {
            duckdb_init_set_init_data(init, lane());
        } catch (Throwable e) {
            failure = e;
            duckdb_init_set_error(init, message(e));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // executeLocalInit put it there
    public void executeFunction(ByteBuffer info, ByteBuffer chunk) {
        try {
            L lane = (L) duckdb_function_get_local_init_data(info);
            duckdb_data_chunk_set_size(chunk, fill(lane, new Vectors(columns, chunk)));
        } catch (Throwable e) {
            failure = e;
            duckdb_function_set_error(info, message(e));
        }
    }

    private static byte[] message(Throwable e) {
        return String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
    }

    /** The vectors of one call. Buffers are native, in native byte order, and valid during the call only. */
    public static final class Vectors {
        private final ByteBuffer[] refs;
        private final ByteBuffer[] data;

        private Vectors(List<Column> columns, ByteBuffer chunk) {
            int n = columns.size();
            refs = new ByteBuffer[n];
            data = new ByteBuffer[n];
            long rows = capacity();
            for (int c = 0; c < n; c++) {
                ColumnType type = columns.get(c).type();
                refs[c] = duckdb_data_chunk_get_vector(chunk, c);
                long width = type.isList() ? 2 * Long.BYTES : type.width;
                data[c] = duckdb_vector_get_data(refs[c], rows * width).order(ByteOrder.nativeOrder());
            }
        }

        /** The rows of a column that is no list. */
        public ByteBuffer data(int column) {
            return data[column];
        }

        /** Says where a row's list lies among the column's elements. */
        public void list(int column, int row, long offset, long length) {
            data[column].putLong(row * 2 * Long.BYTES, offset);
            data[column].putLong(row * 2 * Long.BYTES + Long.BYTES, length);
        }

        public void setNull(int column, int row) {
            duckdb_vector_ensure_validity_writable(refs[column]);
            duckdb_validity_set_row_validity(duckdb_vector_get_validity(refs[column], capacity()), row, false);
        }

        /** Makes room for so many elements of a list column; to be asked once a call. */
        public ByteBuffer elements(int column, int count, ColumnType type) {
            if (duckdb_list_vector_reserve(refs[column], count) != 0
                    || duckdb_list_vector_set_size(refs[column], count) != 0) {
                throw new IllegalStateException("DuckDB has no room for " + count + " list elements");
            }
            ByteBuffer child = duckdb_list_vector_get_child(refs[column]);
            return duckdb_vector_get_data(child, (long) count * type.width).order(ByteOrder.nativeOrder());
        }

        /** The null bits of a list column's elements (1 is valid), after {@link #elements}. */
        public LongBuffer elementValidity(int column, int count) {
            ByteBuffer child = duckdb_list_vector_get_child(refs[column]);
            duckdb_vector_ensure_validity_writable(child);
            return duckdb_vector_get_validity(child, count)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }

        /** The null bits of a column's rows (1 is valid). */
        public LongBuffer validity(int column) {
            duckdb_vector_ensure_validity_writable(refs[column]);
            return duckdb_vector_get_validity(refs[column], capacity())
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
        }
    }
}
