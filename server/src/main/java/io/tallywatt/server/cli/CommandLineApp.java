package io.tallywatt.server.cli;

import io.tallywatt.core.store.StoreException;
import io.tallywatt.server.report.Output;
import io.tallywatt.server.report.Text;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command and turns every way in which it can end into an exit code and, where it failed, one line. */
public final class CommandLineApp {
    private static final Map<String, Function<Session, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("serve", ServeCommand::new);
        COMMANDS.put("ingest", IngestCommand::new);
        COMMANDS.put("total", TotalCommand::new);
        COMMANDS.put("average", AverageCommand::new);
        COMMANDS.put("readings", ReadingsCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("series", SeriesCommand::new);
        COMMANDS.put("groups", GroupsCommand::new);
        COMMANDS.put("anomalies", AnomaliesCommand::new);
        COMMANDS.put("files", FilesCommand::new);
        COMMANDS.put("rejects", RejectsCommand::new);
        COMMANDS.put("retry", RetryCommand::new);
        COMMANDS.put("withdraw", WithdrawCommand::new);
        COMMANDS.put("tidy", TidyCommand::new);
        COMMANDS.put("keys", KeysCommand::new);
        COMMANDS.put("collect", CollectCommand::new);
        COMMANDS.put("simulate", SimulateCommand::new);
    }

    private CommandLineApp() {}

    /** @return the exit code */
    public static int run(String[] arguments, Surroundings surroundings) {
        CommandLine commands = commands(arguments, new Session(List.of(arguments), surroundings));
        int exitCode = commands.execute(arguments);
        surroundings.err().flush();
        surroundings.out().flush();
        return exitCode;
    }

    /** Looking at a command's options takes time: only those are looked at that the arguments may mean. */
    private static CommandLine commands(String[] arguments, Session session) {
        CommandLine root = new CommandLine(new Tallywatt(session));
        boolean named = Arrays.stream(arguments).anyMatch(COMMANDS::containsKey);
        COMMANDS.forEach((name, command) -> {
            if (!named || Arrays.asList(arguments).contains(name)) {
                root.addSubcommand(name, command.apply(session));
            }
        });
        // A file whose name begins with @ is a file like any other, not a list of arguments.
        root.setExpandAtFiles(false);
        PrintStream err = session.surroundings().err();
        Converters.register(root);
        root.setOut(writer(session.surroundings().out()));
        root.setErr(writer(err));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setParameterExceptionHandler((e, args) -> wrongUsage(e, err));
        root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, session.surroundings()));
        return root;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static int wrongUsage(ParameterException e, PrintStream err) {
        err.println("tallywatt: " + Text.clean(String.valueOf(e.getMessage())));
        UnmatchedArgumentException.printSuggestions(e, writer(err));
        hint(e.getCommandLine(), err);
        return ExitCode.USAGE;
    }

    private static void hint(CommandLine command, PrintStream err) {
        err.println("How it is used: " + command.getCommandSpec().qualifiedName() + " --help");
    }

    private static int failed(Exception e, Surroundings surroundings) {
        PrintStream err = surroundings.err();
        switch (e) {
            case Stop stop -> {
                say(err, stop.getMessage());
                return stop.exitCode();
            }
            case HandedOver over -> {
                return over.exitCode();
            }
            case StoreException store -> say(err, store.getMessage());
            case Output.NotTaken notTaken -> {
                return notTaken(notTaken, surroundings);
            }
            case UncheckedIOException io
            when io.getCause() instanceof Output.NotTaken notTaken -> {
                return notTaken(notTaken, surroundings);
            }
            case IOException io -> say(err, io.toString());
            case UncheckedIOException io -> say(err, String.valueOf(io.getCause()));
            default -> {
                say(err, "This should not have happened; please report it with what follows");
                e.printStackTrace(err);
            }
        }
        return ExitCode.CANNOT_RUN;
    }

    /** Whoever reads only the beginning, as "head" does, has all that was wanted. */
    private static int notTaken(Output.NotTaken e, Surroundings surroundings) {
        if (surroundings.out() instanceof StandardOut out && out.closedByReader()) {
            return ExitCode.DONE;
        }
        say(surroundings.err(), e.getMessage());
        return ExitCode.CANNOT_RUN;
    }

    private static void say(PrintStream err, @Nullable String message) {
        err.println("tallywatt: " + Text.clean(Objects.requireNonNullElse(message, "failed without a reason")));
    }
}
