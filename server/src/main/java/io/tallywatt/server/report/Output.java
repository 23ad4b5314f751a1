package io.tallywatt.server.report;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where one answer goes. Writing stops with an exception once nobody takes it any more (a full disk, a pager that was
 * closed), which a {@link PrintStream} alone would not tell.
 */
public final class Output extends OutputStream {
    private static final int LOOK_EVERY = 1 << 16;

    private final OutputStream target;
    private long sinceLook;

    public Output(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        target.write(b);
        look(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
        look(length);
    }

    private void look(int written) throws IOException {
        sinceLook += written;
        if (sinceLook >= LOOK_EVERY) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        sinceLook = 0;
        target.flush();
        if (target instanceof PrintStream print && print.checkError()) {
            throw new NotTaken();
        }
    }

    /** Leaves the target open. */
    @Override
    public void close() throws IOException {
        flush();
    }

    public JsonGenerator json() throws IOException {
        return Json.generator(this);
    }

    public CsvWriter csv() {
        return Csv.writer(this);
    }

    /** Whoever was to read the answer does not. */
    public static final class NotTaken extends IOException {
        private static final long serialVersionUID = 1L;

        NotTaken() {
            super("The answer could not be written in full");
        }
    }
}
