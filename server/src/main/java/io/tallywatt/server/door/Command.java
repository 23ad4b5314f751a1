package io.tallywatt.server.door;

import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command as it is handed over.
 *
 * @param arguments as they were given
 * @param settings the variables of the environment that are settings
 * @param workingFolder absolute
 * @param process that gave it, whose open files may be meant
 * @param columns of its terminal, 0 where there is none
 */
record Command(List<String> arguments, Map<String, String> settings, String workingFolder, long process, int columns) {
    private static final String SETTING = "TALLYWATT_";

    /** @param env of which only the settings are taken */
    static Command of(
            List<String> arguments, Map<String, String> env, String workingFolder, long process, int columns) {
        Map<String, String> settings = new HashMap<>();
        env.forEach((key, value) -> {
            if (key.startsWith(SETTING)) {
                settings.put(key, value);
            }
        });
        return new Command(arguments, settings, workingFolder, process, columns);
    }

    /** Texts are a length (four bytes) and UTF-8, lists a count before them. */
    byte[] bytes() {
        List<byte[]> texts = new ArrayList<>();
        arguments.forEach(argument -> texts.add(utf8(argument)));
        settings.forEach((key, value) -> {
            texts.add(utf8(key));
            texts.add(utf8(value));
        });
        texts.add(utf8(workingFolder));
        int size = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer all = ByteBuffer.allocate(size + 3 * Integer.BYTES + Long.BYTES);
        all.putInt(arguments.size()).putInt(settings.size()).putInt(columns).putLong(process);
        texts.forEach(text -> all.putInt(text.length).put(text));
        return all.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Command of(byte[] bytes) throws ProtocolException {
        try {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            int given = all.getInt();
            int set = all.getInt();
            int columns = all.getInt();
            long process = all.getLong();
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < given; i++) {
                arguments.add(text(all));
            }
            Map<String, String> settings = new HashMap<>();
            for (int i = 0; i < set; i++) {
                settings.put(text(all), text(all));
            }
            return new Command(arguments, settings, text(all), process, columns);
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("command cut off");
        }
    }

    private static String text(ByteBuffer all) throws ProtocolException {
        int length = all.getInt();
        if (length < 0 || length > all.remaining()) {
            throw new ProtocolException("text too long");
        }
        byte[] text = new byte[length];
        all.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
