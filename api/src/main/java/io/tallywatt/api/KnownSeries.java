package io.tallywatt.api;

import io.tallywatt.core.reading.Series;
import io.tallywatt.core.store.StoredSeries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the series that a request names. To be asked inside {@link Backend#ask}. */
@Singleton
class KnownSeries {
    private final Backend backend;

    @Inject
    KnownSeries(Backend backend) {
        this.backend = backend;
    }

    /**
     * Finds a series.
     *
     * @param parameter that names it, for the problem if there is none
     */
    StoredSeries find(String parameter, String name) {
        Series series;
        try {
            series = Series.parse(name);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(parameter, name, "a series such as meter/EE00011/consumption");
        }
        return backend.blocks()
                .find(series)
                .orElseThrow(() -> Problem.notFound(
                        "There is no series '" + Problem.shortened(name) + "'; /api/v1/series lists those there are"));
    }
}
