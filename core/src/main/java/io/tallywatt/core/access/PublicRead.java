package io.tallywatt.core.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What anybody may ask without a key: at most what its sources publish themselves. */
public record PublicRead(Set<Area> areas) {
    public static final PublicRead NOTHING = new PublicRead(Set.of());

    /** What can be opened to all. */
    public enum Area {
        FLOWS,
        PRICES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PublicRead {
        areas = Set.copyOf(areas);
    }

    /**
     * Reads a list such as {@code flows,prices}; an empty text is nothing.
     *
     * @throws IllegalArgumentException says which word is none
     */
    public static PublicRead parse(String text) {
        Set<Area> areas = EnumSet.noneOf(Area.class);
        for (String word : text.strip().split("[\\s,]+", -1)) {
            if (!word.isEmpty()) {
                areas.add(area(word)
                        .orElseThrow(() -> new IllegalArgumentException("expected flows, prices or both, but got '"
                                + word + "': nothing else can be read without a key")));
            }
        }
        return new PublicRead(areas);
    }

    private static Optional<Area> area(String word) {
        return Arrays.stream(Area.values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** As it is parsed. */
    @Override
    public String toString() {
        return areas.stream().sorted().map(Area::word).collect(Collectors.joining(","));
    }
}
