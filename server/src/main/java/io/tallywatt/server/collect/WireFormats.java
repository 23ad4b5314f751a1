package io.tallywatt.server.collect;

import io.tallywatt.collectors.elexon.ElexonFormat;
import io.tallywatt.collectors.entsoe.EntsoeFormat;
import io.tallywatt.collectors.tibber.TibberFormat;
import io.tallywatt.core.format.Format;
import java.util.List;

/** The formats of what sources reply: whoever reads documents knows them beside those of files, so that a kept reply can be read again. */
public final class WireFormats {
    public static final List<Format> ALL = List.of(new EntsoeFormat(), new ElexonFormat(), new TibberFormat());

    private WireFormats() {}
}
