package io.tallywatt.server.collect;

import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.core.source.Source;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which sources a server asks.
 *
 * @param without what it does not ask, and why, for whoever starts it; empty if there is nothing to say
 */
public record CollectSettings(List<Chosen> sources, String without) {
    public CollectSettings {
        sources = List.copyOf(sources);
    }

    /**
     * A source, and how far back it is asked.
     *
     * @param live what is listened to beside, as it is measured; null for a source that is only asked
     */
    public record Chosen(
            Source source,
            CollectService.Plan plan,
            @Nullable TibberApi live) {
        public Chosen(Source source, CollectService.Plan plan) {
            this(source, plan, null);
        }

        /** {@code elexon every 5 min}. */
        public String inWords() {
            return source.name() + (live == null ? "" : " live, history") + " every "
                    + source.every().toMinutes() + " min";
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
