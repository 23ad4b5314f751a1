package io.tallywatt.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** What {@code cdk} runs, in folder {@code infra}: settings are the CDK's context. */
public final class TallywattApp {
    private static final int WRONG_USAGE = 2;

    private TallywattApp() {}

    /** No arguments. Wrong settings: a line on standard error, and exit code 2. */
    public static void main(String[] args) {
        App app = new App();
        try {
            add(app, Handlers.in(Path.of("..", "lambda")));
        } catch (StackSettings.Unusable e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
        }
        app.synth();
    }

    /** The stack that the context asks for, with the checks that it has to pass: what cdk-nag finds is an error of the stack. */
    static TallywattStack add(App app, Handlers handlers) {
        StackSettings settings = StackSettings.of(name -> app.getNode().tryGetContext(name));
        TallywattStack stack = new TallywattStack(app, settings, handlers);
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        return stack;
    }
}
