package io.tallywatt.core.grid;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The zones, borders and cables that a program knows of.
 *
 * @param borders those that are asked for and shown, in the order in which they are
 * @param priced codes of the zones whose prices are asked for
 */
public record Grid(List<BiddingZone> zones, List<Border> borders, List<Cable> cables, List<String> priced) {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    public Grid {
        zones = List.copyOf(zones);
        borders = List.copyOf(borders);
        cables = List.copyOf(cables);
        priced = List.copyOf(priced);
    }

    public Optional<BiddingZone> zone(String code) {
        return zones.stream().filter(z -> z.code().equals(code)).findFirst();
    }

    /** The zone of the days of a border: that of its second side. UTC where that is not known. */
    public ZoneId zoneOf(Border border) {
        return zone(border.to()).map(BiddingZone::zone).orElse(ZoneId.of("UTC"));
    }

    public List<Cable> cables(Border border) {
        return cables.stream().filter(c -> c.border().equals(border)).toList();
    }

    public Optional<Cable> cable(String name) {
        return cables.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** What all cables of a border can carry together on a date; empty where none is known. */
    public OptionalInt capacityMw(Border border, LocalDate date) {
        List<OptionalInt> known = cables(border).stream()
                .map(c -> c.capacityMw(date))
                .filter(OptionalInt::isPresent)
                .toList();
        return known.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(known.stream().mapToInt(OptionalInt::getAsInt).sum());
    }

    /** The cables of a border that can carry something on a date. */
    public List<Cable> inService(Border border, LocalDate date) {
        return cables(border).stream()
                .filter(c -> c.capacityMw(date).isPresent())
                .toList();
    }

    /** The same with another cable of this name, or with one more. */
    public Grid with(Cable cable) {
        List<Cable> all = new ArrayList<>(cables);
        all.replaceAll(c -> c.name().equals(cable.name()) ? cable : c);
        if (!all.contains(cable)) {
            all.add(cable);
        }
        return new Grid(zones, borders, all, priced);
    }

    /**
     * The same with other capacities of a cable, as the setting {@code tallywatt.grid.cable.NAME} has them.
     *
     * @throws IllegalArgumentException if there is no such cable, or they cannot be read; see {@link Cable#parseCapacities}
     */
    public Grid withCapacities(String cable, String capacities) {
        Cable known = cable(cable)
                .orElseThrow(() -> new IllegalArgumentException("There is no cable '" + cable + "'; those known are "
                        + cables.stream().map(Cable::name).collect(Collectors.joining(", "))));
        return with(known.with(Cable.parseCapacities(capacities)));
    }

    /** Great Britain and those it is connected with. */
    public static Grid aroundGreatBritain() {
        return Around.GREAT_BRITAIN;
    }

    private static final class Around {
        static final Grid GREAT_BRITAIN = new Grid(
                List.of(
                        new BiddingZone("GB", "Great Britain", "10YGB----------A", LONDON),
                        new BiddingZone("FR", "France", "10YFR-RTE------C", ZoneId.of("Europe/Paris")),
                        new BiddingZone("BE", "Belgium", "10YBE----------2", ZoneId.of("Europe/Brussels")),
                        new BiddingZone("NL", "the Netherlands", "10YNL----------L", ZoneId.of("Europe/Amsterdam")),
                        new BiddingZone("NO2", "Norway (NO2)", "10YNO-2--------T", ZoneId.of("Europe/Oslo")),
                        new BiddingZone("DK1", "Denmark (DK1)", "10YDK-1--------W", ZoneId.of("Europe/Copenhagen")),
                        new BiddingZone("IE", "Ireland", "10YIE-1001A00010", ZoneId.of("Europe/Dublin")),
                        new BiddingZone("NIR", "Northern Ireland", "10Y1001A1001A016", ZoneId.of("Europe/London")),
                        new BiddingZone("SEM", "all of Ireland", "10Y1001A1001A59C", ZoneId.of("Europe/Dublin"))),
                borders("FR-GB", "BE-GB", "NL-GB", "NO2-GB", "DK1-GB", "IE-GB", "NIR-GB"),
                Cables.AROUND_GREAT_BRITAIN,
                List.of("FR", "BE", "NL", "NO2", "DK1", "SEM"));

        private static List<Border> borders(String... names) {
            return List.of(names).stream().map(Border::parse).toList();
        }
    }
}
