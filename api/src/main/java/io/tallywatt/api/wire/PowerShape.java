package io.tallywatt.api.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.api.live.LivePower;
import io.tallywatt.core.reading.Scaled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What homes draw now. */
public final class PowerShape {
    private PowerShape() {}

    /** One measurement as text, for an event. */
    public static String text(LivePower.Point point) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            write(json, point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, LivePower.Point point) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", point.at().toString());
        number(json, "powerW", point.powerW());
        number(json, "productionW", point.productionW());
        number(json, "todayKwh", point.todayKwh());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String field, @Nullable BigDecimal value) throws IOException {
        if (value == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, Scaled.trim(value));
        }
    }

    private static void head(JsonGenerator json, LivePower.State home) throws IOException {
        json.writeStringField("home", home.key());
        json.writeStringField("name", home.name());
        json.writeStringField("zone", home.zone().getId());
        json.writeFieldName("latest");
        LivePower.Point latest = home.latest();
        if (latest == null) {
            json.writeNull();
        } else {
            write(json, latest);
        }
        json.writeStringField("trouble", home.trouble());
    }

    public static void write(JsonGenerator json, List<LivePower.State> homes) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (LivePower.State home : homes) {
            json.writeStartObject();
            head(json, home);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNullField("next");
        json.writeEndObject();
    }

    public static void write(JsonGenerator json, LivePower.Hour hour) throws IOException {
        json.writeStartObject();
        head(json, hour.home());
        json.writeArrayFieldStart("items");
        for (LivePower.Point point : hour.points()) {
            write(json, point);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
