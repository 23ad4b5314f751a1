package io.tallywatt.api.wire;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.OutputStream;

/** CSV as all answers write it (RFC 4180, but lines end with LF). */
public final class Csv {
    private Csv() {}

    public static CsvWriter writer(OutputStream out) {
        return CsvStyle.PLAIN.writer(out);
    }
}
