package io.tallywatt.core.reading;

import java.util.Locale;
import java.util.Optional;

/** The units in which files state energy. Stored values are kWh; the step between is a power of ten, so it is exact. */
public enum EnergyUnit {
    WH("Wh", 3),
    KWH("kWh", 0),
    MWH("MWh", -3);

    private final String symbol;
    private final int moreDecimals;

    EnergyUnit(String symbol, int moreDecimals) {
        this.symbol = symbol;
        this.moreDecimals = moreDecimals;
    }

    /** How many places the decimal point moves to the left on the way to kWh (Wh: 3, MWh: -3). */
    public int moreDecimals() {
        return moreDecimals;
    }

    /** The unit of a symbol in any case; empty for another quantity (kVArh, kW). */
    public static Optional<EnergyUnit> ofSymbol(String symbol) {
        return switch (symbol.strip().toLowerCase(Locale.ROOT)) {
            case "wh" -> Optional.of(WH);
            case "kwh" -> Optional.of(KWH);
            case "mwh" -> Optional.of(MWH);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return symbol;
    }
}
