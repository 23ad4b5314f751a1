package io.tallywatt.server.collect;

import io.tallywatt.core.source.Source;
import java.util.List;
import java.util.Locale;

/**
 * Which sources a server asks.
 *
 * @param without what it does not ask, and why, for whoever starts it; empty if there is nothing to say
 */
public record CollectSettings(List<Chosen> sources, String without) {
    public CollectSettings {
        sources = List.copyOf(sources);
    }

    /** A source, and how far back it is asked. */
    public record Chosen(Source source, CollectService.Plan plan) {
        /** {@code elexon every 5 min}. */
        public String inWords() {
            return source.name() + " every " + source.every().toMinutes() + " min";
        }
    }

    /** {@code elexon every 5 min, entsoe every 15 min}. */
    public String inWords() {
        if (sources.isEmpty()) {
            return without.isEmpty() ? "nothing" : without;
        }
        String all = String.join(", ", sources.stream().map(Chosen::inWords).toList());
        return without.isEmpty() ? all : String.format(Locale.ROOT, "%s; %s", all, without);
    }
}
