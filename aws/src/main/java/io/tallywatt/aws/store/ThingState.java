package io.tallywatt.aws.store;

import io.tallywatt.core.reading.Series;
import java.util.TreeMap;

/**
 * A thing and its series.
 *
 * @param name kind and key, such as {@code meter/EE1/}: with the '/', so that things are in the order of their series
 * @param series by what their names have behind that, such as {@code consumption/E2}
 */
record ThingState(String name, TreeMap<String, SeriesState> series) {

    static String nameOf(Series series) {
        String text = series.toString();
        return text.substring(0, text.indexOf('/', text.indexOf('/') + 1) + 1);
    }

    static String suffixOf(Series series) {
        return series.toString().substring(nameOf(series).length());
    }

    Series named(String suffix) {
        return Series.parse(name + suffix);
    }
}
