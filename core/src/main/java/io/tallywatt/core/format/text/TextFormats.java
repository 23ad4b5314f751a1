package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Format;
import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import java.util.List;

/** The formats of this room, and what can be said of a document that is none of them. */
public final class TextFormats {
    private TextFormats() {}

    /** Those of delimited text, in the order in which they are asked. */
    public static List<Format> delimited() {
        return List.of(new HomeFormat(), new WideFormat(), new RowsFormat(), new DailyFormat());
    }

    /** @throws UnreadableDocument if there is nothing to read: no bytes, blanks, a header alone */
    public static void refuseEmpty(Head head) {
        TextHead text = TextHead.of(head);
        if (head.whole() && text.isBlank()) {
            throw new UnreadableDocument(Reason.EMPTY, "'" + head.name() + "' is empty; expected rows of readings");
        }
        if (head.whole() && text.isText() && isOneRowOfWords(text)) {
            throw onlyHeader(head);
        }
    }

    /** Why a document is not read although its header is known: no row follows. */
    public static UnreadableDocument onlyHeader(Head head) {
        return new UnreadableDocument(
                Reason.EMPTY, "'" + head.name() + "' holds a header and no rows; expected rows of readings");
    }

    /** Whether nothing but blanks follows. */
    public static boolean isBlankFrom(Head head, int offset) {
        return TextHead.isBlank(head.bytes(), offset);
    }

    private static boolean isOneRowOfWords(TextHead text) {
        for (Sheet sheet : text.sheets()) {
            if (sheet.rows.size() == 1) {
                for (String cell : sheet.rows.getFirst().cells()) {
                    if (!cell.isEmpty() && (Samples.isDate(cell) || Samples.isStamp(cell))) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** Why no format recognised a document: what was seen, and what is expected. */
    public static UnreadableDocument notRecognised(Head head) {
        TextHead text = TextHead.of(head);
        if (!text.isText()) {
            return new UnreadableDocument(
                    Reason.UNKNOWN_FORMAT,
                    "'" + head.name() + "' is not text; expected a text file of readings, such as CSV");
        }
        return new UnreadableDocument(
                Reason.UNKNOWN_FORMAT,
                "'" + head.name() + "' begins with '" + text.firstRow()
                        + "'; expected a row per meter and day (meter, date, 0:00, 0:30, ...), a row per reading (meter, timestamp, kWh)"
                        + " or a row per daily total (meter, date, kWh); or JSON");
    }
}
