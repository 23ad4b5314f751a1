package io.tallywatt.server.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tallywatt.api.wire.Json;
import io.tallywatt.core.access.ApiKey;
import io.tallywatt.core.access.KeyStore;
import io.tallywatt.core.access.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the file {@code keys.json} of the data folder, which only its owner reads. It is replaced whole, so whoever reads it reads one
 * state of it; a running server sees what a command changed.
 */
public final class FileKeys implements KeyStore {
    private static final String FILE = "keys.json";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private @Nullable Known known;

    /** What was read, and of which file. */
    private record Known(
            List<ApiKey> keys,
            FileTime modified,
            long size,
            @Nullable Object file) {}

    /** @param dataFolder which is there */
    public FileKeys(Path dataFolder) {
        this.file = dataFolder.resolve(FILE);
    }

    /** Whether there is a key that allows anything. */
    public boolean hasAny() {
        return all().stream().anyMatch(key -> key.revoked() == null);
    }

    @Override
    public boolean add(ApiKey key) {
        boolean[] added = new boolean[1];
        change(keys -> {
            added[0] = keys.stream().noneMatch(other -> other.id().equals(key.id()));
            List<ApiKey> more = new ArrayList<>(keys);
            if (added[0]) {
                more.add(key);
            }
            return more;
        });
        return added[0];
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return all().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public synchronized List<ApiKey> all() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (known == null
                    || !known.modified().equals(now.lastModifiedTime())
                    || known.size() != now.size()
                    || known.file() != null && !known.file().equals(now.fileKey())) {
                known = new Known(read(), now.lastModifiedTime(), now.size(), now.fileKey());
            }
            return known.keys();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<ApiKey> revoke(String id, Instant now) {
        change(keys -> keys.stream()
                .map(key -> key.id().equals(id) ? key.revokedAt(now) : key)
                .toList());
        return find(id);
    }

    /** Reads, changes and replaces the file, while nobody else does. */
    private synchronized void change(UnaryOperator<List<ApiKey>> change) {
        Path lock = file.resolveSibling(FILE + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            List<ApiKey> before = Files.exists(file) ? read() : List.of();
            List<ApiKey> after = change.apply(before);
            if (!after.equals(before)) {
                replace(after);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(List<ApiKey> keys) throws IOException {
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", ownerOnly());
        try {
            Files.write(written, json(keys));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        known = null;
    }

    private FileAttribute<?>[] ownerOnly() throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static byte[] json(List<ApiKey> keys) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartArray();
            for (ApiKey key : keys) {
                json.writeStartObject();
                json.writeStringField("id", key.id());
                json.writeStringField("name", key.name());
                json.writeStringField("scope", key.scope().word());
                json.writeStringField("hash", key.hash());
                Json.instant(json, "created", key.created());
                Json.instant(json, "revoked", key.revoked());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    private List<ApiKey> read() throws IOException {
        List<ApiKey> keys = new ArrayList<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw damaged("expected a list of keys");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> fields = new HashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    if (json.nextToken() == JsonToken.VALUE_STRING) {
                        fields.put(name, json.getText());
                    }
                }
                keys.add(key(fields));
            }
        } catch (JacksonException e) {
            throw damaged(e.getOriginalMessage());
        }
        keys.sort(Comparator.comparing(ApiKey::created));
        return List.copyOf(keys);
    }

    private ApiKey key(Map<String, String> fields) throws IOException {
        try {
            @Nullable String revoked = fields.get("revoked");
            return new ApiKey(
                    text(fields, "id"),
                    text(fields, "name"),
                    Scope.of(text(fields, "scope"))
                            .orElseThrow(() -> damaged("there is no scope '" + fields.get("scope") + "'")),
                    text(fields, "hash"),
                    Instant.parse(text(fields, "created")),
                    revoked == null ? null : Instant.parse(revoked));
        } catch (DateTimeException e) {
            throw damaged(e.getMessage());
        }
    }

    private String text(Map<String, String> fields, String name) throws IOException {
        @Nullable String text = fields.get(name);
        if (text == null) {
            throw damaged("a key has no '" + name + "'");
        }
        return text;
    }

    /** Nobody is let in by half of a list. */
    private IOException damaged(@Nullable String why) {
        return new IOException(
                file + " is damaged: " + why + "; remove it, and make new keys by tallywatt keys create");
    }
}
