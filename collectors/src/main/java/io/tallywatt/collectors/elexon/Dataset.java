package io.tallywatt.collectors.elexon;

/** What Elexon is asked for. */
enum Dataset {
    /** Mean flow of each cable by five minutes. */
    FUELINST("fuelinst", "FUELINST"),
    /** What a MWh cost that somebody had too much of or too little, by half hours of a settlement date. */
    SYSTEM_PRICES("system-prices", "system prices");

    /** What a question for it is called, and the part of a reply. */
    final String what;
    /** For messages. */
    final String words;

    Dataset(String what, String words) {
        this.what = what;
        this.words = words;
    }

    /** @throws IllegalArgumentException if it is none */
    static Dataset of(String what) {
        for (Dataset dataset : values()) {
            if (dataset.what.equals(what)) {
                return dataset;
            }
        }
        throw new IllegalArgumentException("Elexon is asked for flows and prices, not for '" + what + "'");
    }

    /** Which value a row gives. */
    String place(JsonRow row) {
        return switch (this) {
            case FUELINST -> row.says("publishTime", "fuelType");
            case SYSTEM_PRICES -> row.says("startTime");
        };
    }

    /** And what it is: equal for rows that mean the same. */
    String essence(JsonRow row) {
        return place(row) + " "
                + switch (this) {
                    case FUELINST -> row.says("generation");
                    case SYSTEM_PRICES -> row.says("systemSellPrice", "systemBuyPrice");
                };
    }
}
