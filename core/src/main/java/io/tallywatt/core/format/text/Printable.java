package io.tallywatt.core.format.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Bytes of a document as text that can be shown: whatever they hold, a message stays one readable line. */
final class Printable {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private Printable() {}

    static boolean isUtf8(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return decodesAsUtf8(bytes, from, to);
            }
        }
        return true;
    }

    private static boolean decodesAsUtf8(byte[] bytes, int from, int to) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** UTF-8 where it is that, Windows-1252 (what spreadsheets save) where it is not. */
    static String decode(byte[] bytes, int from, int to) {
        Charset charset = isUtf8(bytes, from, to) ? StandardCharsets.UTF_8 : WINDOWS;
        return new String(bytes, from, to - from, charset);
    }

    /** A row or cell on one line: control characters are replaced, and it is cut at about {@code most} characters. */
    static String line(byte[] bytes, int from, int to, int most) {
        int end = to;
        while (end > from && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        boolean cut = end - from > most * 4L;
        return line(decode(bytes, from, cut ? from + most * 4 : end), most);
    }

    static String line(String text, int most) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most + 3));
        for (int i = 0; i < text.length(); i++) {
            if (i == most) {
                return shown.append("...").toString();
            }
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) && c != '\t' ? '\uFFFD' : c);
        }
        return shown.toString();
    }
}
