package io.tallywatt.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a simulated feed has left in a folder and beside it, as another program reads it. */
record FeedFiles(Path folder, Path labels) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static FeedFiles of(Path folder) {
        return new FeedFiles(folder, folder.resolveSibling(folder.getFileName() + "-labels.ndjson"));
    }

    /** Hidden ones too. */
    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        names().forEach(name -> contents.put(name, text(folder.resolve(name))));
        return contents;
    }

    /** Fails if a file is not whole. */
    List<JsonNode> records() {
        List<JsonNode> records = new ArrayList<>();
        contents().forEach((name, text) -> {
            if (name.endsWith(".ndjson")) {
                text.lines().forEach(line -> records.add(parse(line)));
            } else {
                JsonNode node = parse(text);
                if (node.isArray()) {
                    node.forEach(records::add);
                } else {
                    records.add(node);
                }
            }
        });
        return records;
    }

    List<JsonNode> labelled() {
        return text(labels).lines().map(FeedFiles::parse).toList();
    }

    /** The intervals of a site that are neither in a file nor said to be missing. */
    List<String> untold(int sites, Instant from, Instant to, Duration every) {
        Set<String> told = new HashSet<>();
        records()
                .forEach(record -> told.add(record.get("site_id").asText() + " "
                        + record.get("timestamp").asText()));
        for (JsonNode label : labelled()) {
            if (label.get("kind").asText().equals("missing")) {
                told.add(label.get("series").asText().split("/")[1] + " "
                        + label.get("start").asText());
            }
        }
        List<String> untold = new ArrayList<>();
        for (Instant t = from; t.isBefore(to); t = t.plus(every)) {
            for (int site = 1; site <= sites; site++) {
                String record = "site" + site + " " + t;
                if (!told.contains(record)) {
                    untold.add(record);
                }
            }
        }
        return untold;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not whole: " + json, e);
        }
    }
}
