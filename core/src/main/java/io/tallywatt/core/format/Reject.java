package io.tallywatt.core.format;

/**
 * A row that was not taken.
 *
 * @param line 1-based line of the document where the row starts
 * @param column header name of the cell, or its 1-based number; empty where the whole row is meant
 * @param code why
 * @param message what was found and what was expected, in one line
 * @param text the row itself, cut at 2,000 characters
 */
public record Reject(long line, String column, RejectCode code, String message, String text) {
    public static final int MAX_TEXT = 2000;

    public Reject {
        if (text.length() > MAX_TEXT) {
            text = text.substring(0, MAX_TEXT) + "...";
        }
    }
}
