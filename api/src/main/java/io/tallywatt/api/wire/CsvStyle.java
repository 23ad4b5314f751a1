package io.tallywatt.api.wire;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.OutputStream;
import java.text.DecimalFormatSymbols;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a CSV is written: for programs (RFC 4180, but lines end with LF; times with their offset), or so that a spreadsheet of
 * some language takes numbers for numbers and times for times.
 *
 * @param mark of decimals
 * @param delimiter between cells: not the mark
 * @param spreadsheet whether times are written without offset, which then has a column of its own
 */
public record CsvStyle(char mark, char delimiter, boolean spreadsheet) {
    public static final CsvStyle PLAIN = new CsvStyle('.', ',', false);

    private static final Set<String> LANGUAGES = Stream.of(Locale.getAvailableLocales())
            .map(Locale::getLanguage)
            .filter(language -> !language.isEmpty())
            .collect(Collectors.toUnmodifiableSet());

    /**
     * The style of a language's spreadsheets.
     *
     * @param tag BCP 47: {@code sv-SE}, {@code de}, {@code en-GB}
     */
    public static CsvStyle of(String tag) {
        Locale locale;
        try {
            locale = new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw unexpected(tag);
        }
        if (!LANGUAGES.contains(locale.getLanguage())) {
            throw unexpected(tag);
        }
        boolean comma = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',';
        return new CsvStyle(comma ? ',' : '.', comma ? ';' : ',', true);
    }

    private static Values.Unexpected unexpected(String tag) {
        return new Values.Unexpected("the tag of a language, such as sv-SE, de or en-GB", tag);
    }

    public CsvWriter writer(OutputStream out) {
        return CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(LineDelimiter.LF)
                .build(out);
    }

    String number(String plain) {
        return mark == '.' ? plain : plain.replace('.', mark);
    }
}
