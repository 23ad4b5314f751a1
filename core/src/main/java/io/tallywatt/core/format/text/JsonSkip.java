package io.tallywatt.core.format.text;

/**
 * Finds the end of an object that is broken or too long, over any number of buffers. Its brackets tell, outside of quotes;
 * but where a line begins with an object no further indented than this one, that is the next one, and this one never
 * ended. A line feed ends a text, for no text may hold one.
 */
final class JsonSkip {
    private final long column;
    private final boolean inList;
    private int depth;
    private boolean text;
    private boolean escape;
    /** Bytes since the line began, while they are blanks; -1 behind. */
    private long indent = -1;

    private boolean comma;

    /**
     * @param column of the object's first byte in its line
     * @param inList whether it is an item of a list, which may end before it does
     * @param depth of brackets that are open already
     */
    JsonSkip(long column, boolean inList, int depth) {
        this.column = column;
        this.inList = inList;
        this.depth = depth;
    }

    /** Where to go on reading, or -1 if the object does not end before {@code to}. */
    int scan(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if (c == '\n') {
                text = false;
                escape = false;
                comma = false;
                indent = 0;
            } else if (indent >= 0 && (c == ' ' || c == '\t' || c == '\r' || c == ',' && !comma)) {
                comma |= c == ',';
                indent++;
            } else if (indent >= 0 && c == '{' && indent <= column) {
                return i;
            } else {
                indent = -1;
                if (escape) {
                    escape = false;
                } else if (text) {
                    escape = c == '\\';
                    text = c != '"';
                } else if (c == '"') {
                    text = true;
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (c == ']' && depth == 1) {
                    // At least the object does not end by it; the list round it may, and the object with it.
                    if (inList) {
                        return i;
                    }
                } else if ((c == '}' || c == ']') && --depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }
}
