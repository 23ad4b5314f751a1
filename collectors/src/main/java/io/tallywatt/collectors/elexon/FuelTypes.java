package io.tallywatt.collectors.elexon;

import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.core.reading.Series;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Elexon calls the cables: of its fuel types, those that begin with {@code INT}. */
final class FuelTypes {
    private static final String CABLE = "INT";

    private static final Map<String, String> NAMES = names();

    private static final Map<String, Series> SERIES = series();

    private FuelTypes() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("INTFR", "IFA");
        names.put("INTIFA2", "IFA2");
        names.put("INTELEC", "ElecLink");
        names.put("INTNED", "BritNed");
        names.put("INTNEM", "Nemo");
        names.put("INTNSL", "NSL");
        names.put("INTVKL", "Viking");
        names.put("INTIRL", "Moyle");
        names.put("INTEW", "East-West");
        names.put("INTGRNL", "Greenlink");
        return names;
    }

    private static Map<String, Series> series() {
        Map<String, Series> series = new LinkedHashMap<>();
        Grid grid = Grid.aroundGreatBritain();
        NAMES.forEach((code, name) -> {
            Cable cable = grid.cable(name).orElseThrow();
            series.put(code, cable.border().flow(cable));
        });
        return series;
    }

    /** The codes of all cables that are known. */
    static Set<String> codes() {
        return NAMES.keySet();
    }

    static boolean isCable(String code) {
        return code.startsWith(CABLE);
    }

    /**
     * The flow through a cable; its border ends in GB, so its sign is Elexon's: positive is into Great Britain. Null if it is
     * not known.
     */
    static @Nullable Series flow(String code) {
        return SERIES.get(code);
    }
}
