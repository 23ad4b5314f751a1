package io.tallywatt.server.cli;

import io.tallywatt.api.wire.Values;
import io.tallywatt.collectors.elexon.ElexonFormat;
import io.tallywatt.collectors.elexon.ElexonSource;
import io.tallywatt.collectors.entsoe.EntsoeSource;
import io.tallywatt.collectors.tibber.TibberApi;
import io.tallywatt.collectors.tibber.TibberFormat;
import io.tallywatt.collectors.tibber.TibberSource;
import io.tallywatt.collectors.web.RequestBudget;
import io.tallywatt.collectors.web.Secret;
import io.tallywatt.collectors.web.Web;
import io.tallywatt.core.grid.Border;
import io.tallywatt.core.grid.Cable;
import io.tallywatt.core.grid.Grid;
import io.tallywatt.server.collect.CollectService.Plan;
import io.tallywatt.server.collect.CollectSettings;
import io.tallywatt.server.collect.CollectSettings.Chosen;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings that say which sources are asked, where they are, and what for. */
final class CollectKeys {
    private static final String COLLECT = "tallywatt.collect";
    private static final String ENTSOE = "tallywatt.entsoe.";
    private static final String ELEXON = "tallywatt.elexon.";
    private static final String TIBBER = "tallywatt.tibber.";
    private static final String CABLE = "tallywatt.grid.cable.";

    private static final Set<String> ALL = Set.of(EntsoeSource.NAME, ElexonFormat.NAME, TibberFormat.NAME);

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration LONGEST_LOOK = Duration.ofDays(30);
    /** FUELINST repeats every publication; only what was late for a round or two is of interest between whole looks. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    /** One for all who ask, in whichever data folder: the platform counts what a token asks. */
    private static final RequestBudget ENTSOE_BUDGET = EntsoeSource.budget();

    private static final RequestBudget ELEXON_BUDGET = RequestBudget.perMinute(60);

    private final Settings settings;

    CollectKeys(Settings settings) {
        this.settings = settings;
    }

    /** The grid with what the settings say otherwise. */
    Grid grid() {
        Grid usual = Grid.aroundGreatBritain();
        List<Border> borders =
                settings.get(ENTSOE + "borders", text -> borders(usual, text)).orElse(usual.borders());
        List<String> priced =
                settings.get(ENTSOE + "zones", text -> zones(usual, text)).orElse(usual.priced());
        Grid grid = new Grid(usual.zones(), borders, usual.cables(), priced);
        for (Cable cable : usual.cables()) {
            Optional<Cable> other = settings.get(
                    CABLE + cable.name().toLowerCase(Locale.ROOT), text -> cable.with(Cable.parseCapacities(text)));
            if (other.isPresent()) {
                grid = grid.with(other.get());
            }
        }
        return grid;
    }

    /**
     * The sources that a server asks.
     *
     * @param clock of the program
     */
    CollectSettings read(Clock clock) {
        Set<String> wanted = settings.get(COLLECT, CollectKeys::names).orElse(ALL);
        boolean stated = settings.get(COLLECT, text -> text).isPresent();
        List<Chosen> chosen = new ArrayList<>();
        String without = "";
        if (wanted.contains(ElexonFormat.NAME)) {
            chosen.add(elexon(clock));
        }
        if (wanted.contains(EntsoeSource.NAME)) {
            Optional<Secret> token = token();
            if (token.isPresent()) {
                Secret held = token.get();
                chosen.add(entsoe(clock, () -> held));
            } else if (stated) {
                throw noToken();
            } else {
                without = "not ENTSO-E, which needs a token (TALLYWATT_ENTSOE_TOKEN)";
            }
        }
        if (wanted.contains(TibberFormat.NAME)) {
            Optional<Secret> token = tibberToken();
            if (token.isPresent()) {
                chosen.add(tibber(clock, token.get()));
            } else if (stated) {
                throw noTibberToken();
            }
        }
        return new CollectSettings(chosen, without);
    }

    /**
     * One source by its name, whether a server asks it or not.
     *
     * @param asking whether it is to be asked
     */
    Chosen source(String name, Clock clock, boolean asking) {
        return switch (name) {
            case ElexonFormat.NAME -> elexon(clock);
            case EntsoeSource.NAME -> {
                Optional<Secret> token = token();
                if (asking && token.isEmpty()) {
                    throw noToken();
                }
                yield entsoe(clock, () -> token.orElseThrow(CollectKeys::noToken));
            }
            case TibberFormat.NAME -> {
                Optional<Secret> token = tibberToken();
                if (asking && token.isEmpty()) {
                    throw noTibberToken();
                }
                // Whoever only reads what is kept shows it to nobody.
                yield tibber(clock, token.orElseGet(() -> new Secret("none")));
            }
            default ->
                throw Stop.usage("Invalid value for SOURCE: expected " + EntsoeSource.NAME + ", " + ElexonFormat.NAME
                        + " or " + TibberFormat.NAME + ", but got '" + name + "'");
        };
    }

    private static Stop noToken() {
        return Stop.usage(
                "ENTSO-E answers only with a token: set TALLYWATT_ENTSOE_TOKEN, or " + ENTSOE + "token-file to"
                        + " the name of a file that holds it. It is free: register on transparency.entsoe.eu and ask for access to"
                        + " the web API");
    }

    private static Stop noTibberToken() {
        return Stop.usage("Tibber answers only with a token: set TALLYWATT_TIBBER_TOKEN, or " + TIBBER
                + "token-file to the name of a file that holds it. Make one on developer.tibber.com");
    }

    private Optional<Secret> tibberToken() {
        return settings.secret(TIBBER + "token", Secret::new);
    }

    private Chosen tibber(Clock clock, Secret token) {
        URI url = settings.get(TIBBER + "url", CollectKeys::address).orElse(TibberApi.URL);
        @Nullable String home = settings.get(TIBBER + "home", CollectKeys::home).orElse(null);
        Duration back = settings.get(TIBBER + "look-back", CollectKeys::look).orElse(A_DAY.multipliedBy(2));
        TibberApi api = new TibberApi(url, token, home, new Web(), clock);
        return new Chosen(new TibberSource(api, home, clock), new Plan(back, null), api);
    }

    private static String home(String text) {
        if (text.matches("[A-Za-z0-9-]{1,100}")) {
            return text;
        }
        throw new Values.Unexpected("the id of a home, of letters, digits and '-'", text);
    }

    private Optional<Secret> token() {
        return settings.secret(ENTSOE + "token", Secret::new);
    }

    private Chosen entsoe(Clock clock, Supplier<Secret> token) {
        URI base = settings.get(ENTSOE + "url", CollectKeys::address).orElse(EntsoeSource.PLATFORM);
        Duration back = settings.get(ENTSOE + "look-back", CollectKeys::look).orElse(A_DAY);
        return new Chosen(new EntsoeSource(base, token, grid(), clock, new Web(), ENTSOE_BUDGET), new Plan(back, null));
    }

    private Chosen elexon(Clock clock) {
        URI base = settings.get(ELEXON + "url", CollectKeys::address).orElse(ElexonSource.BASE);
        Duration back = settings.get(ELEXON + "look-back", CollectKeys::look).orElse(A_DAY);
        return new Chosen(new ElexonSource(base, new Web(), ELEXON_BUDGET, clock), new Plan(back, OVERLAP));
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && text.matches("(?i)https?://.*")
                    && address.getRawQuery() == null
                    && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new Values.Unexpected("an address such as https://host/path", text);
        }
        throw new Values.Unexpected("an address such as https://host/path, without a query", text);
    }

    private static Duration look(String text) {
        try {
            Duration look = Duration.parse(text);
            if (look.isPositive() && look.compareTo(LONGEST_LOOK) <= 0) {
                return look;
            }
        } catch (DateTimeException e) {
            throw new Values.Unexpected("a length of time such as PT24H, at most P30D", text);
        }
        throw new Values.Unexpected("a length of time such as PT24H, at most P30D", text);
    }

    private static Set<String> names(String text) {
        if (text.equals("none")) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>(words(text));
        if (!ALL.containsAll(names)) {
            throw new Values.Unexpected("none, or a list of entsoe, elexon and tibber", text);
        }
        return names;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("[\\s,]+"));
    }

    private static List<Border> borders(Grid grid, String text) {
        return words(text).stream()
                .map(word -> {
                    Border border = Border.parse(word);
                    known(grid, border.from());
                    known(grid, border.to());
                    return border;
                })
                .distinct()
                .toList();
    }

    private static List<String> zones(Grid grid, String text) {
        return words(text).stream().map(word -> known(grid, word)).distinct().toList();
    }

    private static String known(Grid grid, String code) {
        if (grid.zone(code).isEmpty()) {
            throw new Values.Unexpected(
                    "zones out of "
                            + String.join(
                                    ", ",
                                    grid.zones().stream().map(z -> z.code()).toList()),
                    code);
        }
        return code;
    }
}
