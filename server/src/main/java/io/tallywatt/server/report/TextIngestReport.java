package io.tallywatt.server.report;

import io.tallywatt.api.wire.Dealt;
import io.tallywatt.api.wire.Sum;
import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.ingest.Outcome;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for people: a line per file, below it what is worth knowing of it. */
public final class TextIngestReport implements IngestReport {
    private static final int REJECTS = 5;
    private static final int NARROWEST = 24;
    private static final int WIDEST = 44;
    private static final String[] TITLES = {"rows", "new", "unchanged", "extended", "corrected", "rejected", "delivery"
    };

    private final Output out;
    private final String folder;
    private final int nameWidth;
    /** Remarks that concern a whole file are the same for many: each is said once. */
    private final Map<String, Integer> said = new LinkedHashMap<>();

    private boolean titled;

    private TextIngestReport(Output out, String folder, int nameWidth) {
        this.out = out;
        this.folder = folder;
        this.nameWidth = nameWidth;
    }

    /** @param names of the files to come; where they are long, the folder that they share is said once */
    public static TextIngestReport of(Output out, List<String> names) throws IOException {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        String folder = longest > WIDEST && names.size() > 1 ? sharedFolder(names) : "";
        TextIngestReport report =
                new TextIngestReport(out, folder, Math.clamp(longest - folder.length(), NARROWEST, WIDEST));
        if (!folder.isEmpty()) {
            report.line("In " + folder);
        }
        return report;
    }

    private static String sharedFolder(List<String> names) {
        String shared = names.getFirst();
        for (String name : names) {
            int same = 0;
            while (same < Math.min(shared.length(), name.length()) && shared.charAt(same) == name.charAt(same)) {
                same++;
            }
            shared = shared.substring(0, same);
        }
        return shared.substring(0, shared.lastIndexOf('/') + 1);
    }

    @Override
    public void dealt(Dealt dealt) throws IOException {
        switch (dealt.outcome()) {
            case Outcome.Taken taken -> taken(taken, dealt);
            case Outcome.Known known ->
                line(name(known.name()) + "  known already as delivery "
                        + known.delivery().id() + ": nothing changed");
            case Outcome.Quarantined q ->
                line(name(q.name()) + "  in quarantine as delivery "
                        + q.delivery().id() + ": "
                        + Text.reason(q.name(), q.reason()));
            case Outcome.Refused refused ->
                line(name(refused.name()) + "  not taken: " + Text.reason(refused.name(), refused.reason()));
        }
    }

    private String name(String name) {
        String within = name.startsWith(folder) ? name.substring(folder.length()) : name;
        String shown = Text.endOf(Text.clean(within), nameWidth);
        return shown + " ".repeat(nameWidth - shown.length());
    }

    private void taken(Outcome.Taken taken, Dealt dealt) throws IOException {
        Delivery delivery = taken.delivery();
        Counts c = delivery.counts();
        if (!titled) {
            titled = true;
            row("file" + " ".repeat(nameWidth - 4), TITLES);
        }
        row(
                name(taken.name()),
                Text.count(c.rows()),
                orDash(c.created()),
                orDash(c.unchanged()),
                orDash(c.extended()),
                orDash(c.corrected()),
                orDash(c.rejected()),
                Long.toString(delivery.id()));
        if (dealt.again()) {
            line("  had come before: what it gave then is replaced"
                    + (c.removed() == 0 ? "" : ", " + Text.count(c.removed(), "day", "days") + " removed"));
        }
        notices(delivery.notices());
        rejects(dealt.rejects(), c.rejected(), delivery.id());
    }

    private void row(String name, String... cells) throws IOException {
        StringBuilder line = new StringBuilder(name);
        for (int i = 0; i < cells.length; i++) {
            int width = i == 0 ? 10 : 9;
            line.append("  ")
                    .append(" ".repeat(Math.max(0, width - cells[i].length())))
                    .append(cells[i]);
        }
        line(line.toString());
    }

    private static String orDash(long n) {
        return n == 0 ? "-" : Text.count(n);
    }

    private void notices(List<Notice> notices) throws IOException {
        for (Notice notice : notices) {
            if (notice.firstLine() > 0 || said.merge(notice.message(), 1, Integer::sum) == 1) {
                line("  " + words(notice));
            }
        }
    }

    static String words(Notice notice) {
        String where = notice.firstLine() == 0
                ? ""
                : notice.count() == 1
                        ? "line " + Text.count(notice.firstLine()) + ": "
                        : Text.count(notice.count()) + " times, first in line " + Text.count(notice.firstLine()) + ": ";
        return "note: " + where + notice.message();
    }

    private void rejects(List<Reject> rejects, long all, long delivery) throws IOException {
        List<Reject> first = rejects.subList(0, Math.min(REJECTS, rejects.size()));
        for (Reject reject : first) {
            line("  " + words(reject));
        }
        if (all > first.size()) {
            line("  and " + Text.count(all - first.size(), "more row", "more rows") + ": tallywatt rejects "
                    + delivery);
        }
    }

    static String words(Reject reject) {
        return "line " + Text.count(reject.line())
                + (reject.column().isEmpty() ? "" : ", column " + reject.column()) + ": "
                + reject.code() + ": " + reject.message();
    }

    @Override
    public void end(Sum sum) throws IOException {
        said.forEach((message, files) -> said.put(message, files - 1));
        for (Map.Entry<String, Integer> more : said.entrySet()) {
            if (more.getValue() > 0) {
                line("note for " + Text.count(more.getValue(), "more file", "more files") + ": " + more.getKey());
            }
        }
        if (sum.files() > 1) {
            line("");
            line(Text.count(sum.files(), "file", "files") + ": " + files(sum));
        }
        if (sum.taken() > 0) {
            line((sum.files() == 1 ? "\n" : "") + days(sum.counts()));
        }
        out.flush();
    }

    private static String files(Sum sum) {
        List<String> parts = new ArrayList<>();
        part(parts, sum.taken(), "taken");
        part(parts, sum.known(), "known already");
        part(parts, sum.quarantined(), "in quarantine");
        part(parts, sum.refused(), "not taken");
        return String.join(", ", parts);
    }

    /** What changed, in days of a meter: the unit in which readings are kept and compared. */
    static String days(Counts c) {
        List<String> parts = new ArrayList<>();
        part(parts, c.created(), "new");
        part(parts, c.unchanged(), "unchanged");
        part(parts, c.extended(), "extended");
        part(parts, c.corrected(), "corrected");
        part(parts, c.removed(), "removed");
        return Text.count(c.rows(), "row", "rows") + ", meter-days: "
                + (parts.isEmpty() ? "none" : String.join(", ", parts))
                + (c.rejected() == 0 ? "" : "; " + Text.count(c.rejected(), "row", "rows") + " rejected");
    }

    private static void part(List<String> parts, long n, String word) {
        if (n > 0) {
            parts.add(Text.count(n) + " " + word);
        }
    }

    private void line(String text) throws IOException {
        String clean = text.startsWith("\n") ? "\n" + Text.clean(text.substring(1)) : Text.clean(text);
        out.write((clean + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
