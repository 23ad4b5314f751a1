package io.tallywatt.api;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.Csv;
import io.tallywatt.api.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the items of a list are written: as objects or as rows of a table. */
record Listed<T>(List<String> header, Function<T, List<String>> cells, Item<T> item) {
    /** Writes one as an object. */
    interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** @param next cursor of the next page, null on the last one; a table cannot tell it */
    void write(OutputStream out, Form form, List<T> page, @Nullable String next) throws IOException {
        if (form == Form.CSV) {
            try (CsvWriter csv = Csv.writer(out)) {
                csv.writeRecord(header);
                for (T one : page) {
                    csv.writeRecord(cells.apply(one));
                }
            }
            return;
        }
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (T one : page) {
                item.write(json, one);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        }
    }
}
