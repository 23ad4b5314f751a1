package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.Layout.Decision;
import io.tallywatt.core.format.ReadingOptions;
import io.tallywatt.core.format.ReadingOptions.Stamps;
import io.tallywatt.core.reading.EnergyUnit;
import io.tallywatt.core.time.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the sites of a company that makes energy send: an object per interval with what the site generated and consumed,
 * {@code {"site_id": "s1", "timestamp": "2026-11-25T10:05:00Z", "energy_generated_kwh": 1.25, "energy_consumed_kwh": 0.4}}.
 * JSON like any other ({@link JsonFormat}), but read strictly: programs write it, and one that leaves out a field or adds
 * one means something that is not known here. Stamps name the start of an interval unless it is set otherwise; its length is
 * the feed's setting.
 */
final class SiteFormat {
    static final String NAME = "sites";

    private SiteFormat() {}

    static SiteLayout layout(Head head, JsonSample sample, int offset, ReadingOptions options) {
        boolean stated = options.resolution() != null;
        Resolution every = stated ? Objects.requireNonNull(options.resolution()) : options.feedEvery();
        Stamps stamps = Objects.requireNonNullElse(options.stamps(), Stamps.START);
        String zone = options.zone().getId();
        List<Decision> decisions = new ArrayList<>();
        decisions.add(new Decision("format", NAME, "values"));
        decisions.add(new Decision("shape", sample.shape(), "values"));
        decisions.add(new Decision("zone", zone, options.zoneStated() ? "option" : "default"));
        decisions.add(new Decision("unit", EnergyUnit.KWH.toString(), "keys"));
        decisions.add(new Decision(
                "stamps", stamps == Stamps.END ? "end" : "start", options.stamps() == null ? "default" : "option"));
        decisions.add(new Decision("interval", every.toString(), stated ? "option" : "setting"));
        Table table = new Table(
                (byte) ',',
                (byte) '.',
                JsonKeys.NAMES,
                JsonKeys.ROLES,
                offset,
                1,
                JsonKeys.METER,
                false,
                null,
                JsonKeys.START,
                new Dates(options.dateOrder(), "values", false, "", 0),
                EnergyUnit.KWH,
                -1,
                options,
                List.copyOf(decisions),
                List.of());
        Grid grid = new Grid(every, stated ? "option" : "setting", stamps, "option");
        return new SiteLayout(table, grid, head.receivedAt());
    }
}
