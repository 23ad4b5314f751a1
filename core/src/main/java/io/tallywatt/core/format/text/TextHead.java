package io.tallywatt.core.format.text;

import io.tallywatt.core.format.Head;
import io.tallywatt.core.format.UnreadableDocument;
import io.tallywatt.core.format.UnreadableDocument.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a document as text: where it begins after a byte order mark and a {@code sep=} line, and how it looks by
 * each delimiter that it may have.
 */
final class TextHead {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};

    private final Head head;
    private final byte[] bytes;
    private final int start;
    private final long startLine;
    private final byte stated;

    private TextHead(Head head, int start, long startLine, byte stated) {
        this.head = head;
        this.bytes = head.bytes();
        this.start = start;
        this.startLine = startLine;
        this.stated = stated;
    }

    /** @throws UnreadableDocument if the document is empty or no text */
    static TextHead of(Head head) {
        byte[] bytes = head.bytes();
        int start = hasUtf8Mark(bytes) ? 3 : 0;
        refuseWideCharacters(head);
        int line = RecordEnds.end(bytes, start, bytes.length);
        String first = Printable.decode(bytes, start, line).strip().replace("\"", "");
        if (first.length() >= 4 && first.regionMatches(true, 0, "sep=", 0, 4)) {
            byte stated = first.length() == 4 ? (byte) '\t' : (byte) first.charAt(4);
            return new TextHead(head, line, 2, stated);
        }
        return new TextHead(head, start, 1, (byte) 0);
    }

    static boolean hasUtf8Mark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    private static void refuseWideCharacters(Head head) {
        byte[] bytes = head.bytes();
        if (bytes.length >= 2 && (bytes[0] == -1 && bytes[1] == -2 || bytes[0] == -2 && bytes[1] == -1)) {
            throw new UnreadableDocument(
                    Reason.UNKNOWN_FORMAT,
                    "'" + head.name() + "' is UTF-16 text; expected UTF-8 (save it as CSV UTF-8)");
        }
    }

    /** How the document looks by each delimiter, the likeliest first. Only those that split the first rows at all. */
    List<Sheet> sheets() {
        List<Sheet> sheets = new ArrayList<>();
        for (byte delimiter : DELIMITERS) {
            if (stated == 0 || stated == delimiter) {
                Sheet sheet = new Sheet(head, start, startLine, delimiter);
                if (sheet.width() > 1) {
                    sheets.add(sheet);
                }
            }
        }
        sheets.sort(Comparator.comparingInt(Sheet::width).reversed());
        return sheets;
    }

    /** Whether nothing but blanks stands from an offset on. */
    static boolean isBlank(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean isBlank() {
        return isBlank(bytes, start);
    }

    /** Whether the head is text at all: hardly any control characters. */
    boolean isText() {
        int strange = 0;
        int seen = Math.min(bytes.length, 4096);
        for (int i = 0; i < seen; i++) {
            byte c = bytes[i];
            if (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                strange++;
            }
        }
        return strange * 20 <= seen;
    }

    /** The first row that is not blank, for messages. */
    @Nullable
    String firstRow() {
        int at = start;
        while (at < bytes.length) {
            int end = RecordEnds.end(bytes, at, bytes.length);
            String row = Printable.line(bytes, at, end, 120).strip();
            if (!row.isEmpty()) {
                return row;
            }
            at = end;
        }
        return null;
    }
}
