package io.tallywatt.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.lambda.Code;

/**
 * The code of the functions: the zips that module {@code lambda} builds.
 *
 * <p>A template can be made without them, since nothing in it but the names of the assets depends on them: the tests of this room do
 * not wait for those of another. A stack made that way is not to be deployed, so {@link #missing} becomes an error of the stack, upon
 * which the CDK refuses to deploy.
 *
 * @param events of ingest, judge and tidy
 * @param api of the API
 * @param missing what is not built; empty if all is there
 */
record Handlers(Code events, Code api, List<Path> missing) {
    Handlers {
        missing = List.copyOf(missing);
    }

    /** @param lambda the folder of module {@code lambda}, below which the zips are built */
    static Handlers in(Path lambda) {
        List<Path> missing = new ArrayList<>();
        return new Handlers(
                code(lambda.resolve("target").resolve("events.zip"), missing),
                code(lambda.resolve("api").resolve("target").resolve("function.zip"), missing),
                missing);
    }

    private static Code code(Path zip, List<Path> missing) {
        if (Files.isRegularFile(zip)) {
            return Code.fromAsset(zip.toString());
        }
        missing.add(zip);
        return Code.fromAsset(placeholder().toString());
    }

    /** A folder in place of the code. It holds no class, so that a function made of it cannot even start. */
    private static Path placeholder() {
        try {
            Path folder = Files.createTempDirectory("tallywatt-not-built");
            Path text = Files.writeString(
                    folder.resolve("NOT-BUILT.txt"),
                    "In place of a function's code, which was not built when this template was made.\n");
            // The CDK copies assets while it makes the template; nobody needs them after this process.
            folder.toFile().deleteOnExit();
            text.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("No placeholder for a function that is not built could be written", e);
        }
    }
}
