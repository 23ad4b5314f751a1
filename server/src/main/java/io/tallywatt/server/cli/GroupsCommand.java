package io.tallywatt.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.tallywatt.api.wire.GroupShape;
import io.tallywatt.core.ingest.Failures;
import io.tallywatt.core.store.Groups;
import io.tallywatt.core.store.MeterGroup;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import io.tallywatt.server.report.TextTable;
import io.tallywatt.server.report.TextTable.Column;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists groups of meters, shows, sets and removes them. */
@Command(
        name = "groups",
        description =
                "Groups of meters, which totals and averages can be asked of by --group; without a command: all of them.")
final class GroupsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--format", paramLabel = "text|json|csv", description = "Form of the list (${DEFAULT-VALUE}).")
    private String format = "text";

    GroupsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Format form = Format.of(format, Format.TEXT, Format.JSON, Format.CSV);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            List<MeterGroup.Entry> all = store.groups().list("", Integer.MAX_VALUE);
            switch (form) {
                case TEXT -> text(out, all);
                case JSON -> json(out, all);
                case CSV -> csv(out, all);
                case PNG, SVG, HTML, PARQUET -> throw form.unoffered();
            }
        }
        return ExitCode.DONE;
    }

    private static void text(Output out, List<MeterGroup.Entry> all) throws IOException {
        if (all.isEmpty()) {
            write(out, "There are no groups yet: tallywatt groups set KEY FILE\n");
            return;
        }
        try (TextTable table = new TextTable(out, Column.left("group"), Column.right("meters"), Column.left("name"))) {
            for (MeterGroup.Entry group : all) {
                table.row(group.key(), Text.count(group.meters()), Text.clean(group.name()));
            }
        }
    }

    private static void json(Output out, List<MeterGroup.Entry> all) throws IOException {
        try (JsonGenerator json = out.json()) {
            json.writeStartArray();
            for (MeterGroup.Entry group : all) {
                GroupShape.write(json, group);
            }
            json.writeEndArray();
        }
    }

    private static void csv(Output out, List<MeterGroup.Entry> all) throws IOException {
        try (CsvWriter csv = out.csv()) {
            csv.writeRecord(GroupShape.HEADER);
            for (MeterGroup.Entry group : all) {
                csv.writeRecord(GroupShape.cells(group));
            }
        }
    }

    @Command(name = "show", description = "Shows the keys of a group's meters, one in each line.")
    int show(
            @Parameters(paramLabel = "KEY", description = "As the list has it.") String key,
            @Option(
                            names = "--format",
                            paramLabel = "text|json|csv",
                            defaultValue = "text",
                            description = "Form of the answer (${DEFAULT-VALUE}).")
                    String form)
            throws IOException {
        Format chosen = Format.of(form, Format.TEXT, Format.JSON, Format.CSV);
        try (Stores.Open store = session.openToRead();
                Output out = session.answer()) {
            MeterGroup group = find(store.groups(), key);
            if (chosen == Format.JSON) {
                try (JsonGenerator json = out.json()) {
                    GroupShape.write(json, group);
                }
            } else {
                try (CsvWriter csv = out.csv()) {
                    if (chosen == Format.CSV) {
                        csv.writeRecord(GroupShape.METER);
                    }
                    group.meterKeys().forEach(csv::writeRecord);
                }
            }
        }
        return ExitCode.DONE;
    }

    @Command(name = "set", description = "Makes a group, or puts it in place of what there was of it.")
    int set(
            @Parameters(paramLabel = "KEY", description = "By which it is asked for: " + MeterGroup.KEYS + ".")
                    String key,
            @Parameters(
                            paramLabel = "FILE|-",
                            description =
                                    "The keys of its meters, one in each line; - for the standard input. A meter need"
                                            + " not be known yet.")
                    Path file,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "What people call it; without it, the name that it has stays.")
                    @Nullable
                    String name)
            throws IOException {
        checked(key);
        if (name != null && !GroupShape.isName(name)) {
            throw Stop.usage(
                    "Invalid value for option '--name': expected " + GroupShape.NAMES + ", but got '" + name + "'");
        }
        try (Stores.Open store = session.openOrCreate();
                Output out = session.answer()) {
            List<String> meters = meters(file);
            String named = name != null
                    ? name
                    : store.groups().find(key).map(MeterGroup::name).orElse("");
            MeterGroup group = MeterGroup.of(key, named, meters);
            boolean fresh = store.groups().put(group);
            write(
                    out,
                    "Group " + key + (fresh ? " is new: " : " is replaced: ")
                            + Text.count(group.meters().size(), "meter", "meters") + "\n");
        }
        return ExitCode.DONE;
    }

    private List<String> meters(Path file) {
        Surroundings outside = session.surroundings();
        try (InputStream in = file.toString().equals("-")
                ? outside.in()
                : Files.newInputStream(outside.workingFolder().resolve(file))) {
            byte[] bytes = in.readNBytes(GroupShape.LARGEST + 1);
            if (bytes.length > GroupShape.LARGEST) {
                throw Stop.notTaken(file + " is larger than a group can be: " + (GroupShape.LARGEST >> 20) + " MB");
            }
            return GroupShape.csv(bytes).meters();
        } catch (GroupShape.Unreadable e) {
            throw Stop.notTaken(file + " was not taken: expected " + e.expected() + ", but got '" + e.shownGot() + "'");
        } catch (IOException e) {
            throw Stop.notTaken(file + " cannot be read: " + Failures.inWords(e));
        }
    }

    @Command(name = "remove", description = "Forgets a group. Its meters and their readings stay.")
    int remove(@Parameters(paramLabel = "KEY", description = "As the list has it.") String key) throws IOException {
        try (Stores.Open store = session.openToChange();
                Output out = session.answer()) {
            if (!store.groups().remove(checked(key))) {
                throw none(key);
            }
            write(out, "Group " + key + " is removed; its meters stay\n");
        }
        return ExitCode.DONE;
    }

    /** The group that a person means. */
    static MeterGroup find(Groups groups, String key) {
        return groups.find(checked(key)).orElseThrow(() -> none(key));
    }

    private static Stop none(String key) {
        return Stop.usage("There is no group '" + key + "'; tallywatt groups lists those there are");
    }

    private static String checked(String key) {
        if (!MeterGroup.isKey(key)) {
            throw Stop.usage("Invalid key of a group: expected " + MeterGroup.KEYS + ", but got '" + key + "'");
        }
        return key;
    }

    private static void write(Output out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
