package io.tallywatt.api;

import io.tallywatt.api.wire.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on, as a word that callers hand back unread. It names its list, so that none is taken for another's. */
final class Cursor {
    static final String EXPECTED = "the 'next' of an earlier answer of this list";

    private Cursor() {}

    static String of(String list, String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + "\n" + position).getBytes(StandardCharsets.UTF_8));
    }

    /** The position. */
    static String read(String list, String cursor) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString();
            if (text.startsWith(list + "\n")) {
                return text.substring(list.length() + 1);
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Not one of ours, as below.
        }
        throw new Values.Unexpected(EXPECTED, cursor);
    }
}
