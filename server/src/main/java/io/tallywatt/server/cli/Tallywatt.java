package io.tallywatt.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command: its version, its help, and the options that all commands have. */
@Command(
        name = "tallywatt",
        description = "Exact daily totals from energy data: every watt-hour, counted once.",
        versionProvider = Tallywatt.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, notices included",
            "1:some rows or files were not taken",
            "2:wrong usage",
            "3:could not run: no data yet, the data is in use, the disk is full"
        },
        footer = {
            "",
            "Settings, from tallywatt.properties in the data folder; tallywatt.zone there is",
            "TALLYWATT_ZONE in the environment, which goes before, as an option does:",
            "  tallywatt.zone          zone of clock times without offset (UTC)",
            "  tallywatt.plausible-kw  mean power above which a reading is invalid (100000)",
            "  tallywatt.threads       threads that read and store (as many as processors)",
            "  tallywatt.memory        memory limit of the store (1GB)",
            "  tallywatt.hosts         further names under which a server is reached",
            "  tallywatt.public-read   flows, prices or both: what is read without a key",
            "  tallywatt.inbox         folder whose files a server takes (inbox in the data folder)",
            "  tallywatt.inbox.quiet   a file that did not change for so long is complete (PT1S)",
            "  tallywatt.inbox.same-name  refuse or take a name that came with other content"
        })
final class Tallywatt implements Callable<Integer> {
    private final Session session;

    @Spec
    private @Nullable CommandSpec spec;

    Tallywatt(Session session) {
        this.session = session;
    }

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The data folder. Without it: TALLYWATT_DATA, else tallywatt-data in the working directory.")
    void data(Path folder) {
        session.dataFolder(folder);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version.")
    @SuppressWarnings("UnusedVariable")
    private boolean version;

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().usage(session.surroundings().err());
        return ExitCode.USAGE;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {"tallywatt " + ProgramVersion.text()};
        }
    }
}
