package io.tallywatt.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A function with what belongs to it: a role of its own, a log group, and the alias {@code live} that every trigger points at.
 *
 * <p>SnapStart takes its snapshot when a version is published, and only calls of that version start from it: whoever called the function
 * by its bare name would start cold.
 */
final class Worker extends Construct {
    static final String ALIAS = "live";

    /**
     * What one function is.
     *
     * @param name such as {@code ingest}
     */
    record Kind(String name, String description, Code code, String handler, int memoryMegabytes, Duration timeout) {}

    private final Alias alias;

    Worker(Construct scope, String id, Stage stage, Kind kind, Map<String, String> environment, Rights.Granted rights) {
        super(scope, id);
        String name = "tallywatt-" + stage.word() + "-" + kind.name();
        LogGroup logs = logs(stage, kind);
        Role role = Role.Builder.create(this, "Role")
                .description("What function " + name + " may do")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                // Part of the role itself, so that a function, and whatever calls it, never stands before its rights
                // do.
                .inlinePolicies(new TreeMap<>(Map.of("log", Rights.log(logs.getLogGroupArn()), "work", rights.work())))
                .build();
        Function function = Function.Builder.create(this, "Function")
                .functionName(name)
                .description(kind.description())
                .runtime(Runtime.JAVA_25)
                // A fifth cheaper than x86_64 for the same memory, and nothing here is native code.
                .architecture(Architecture.ARM_64)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .code(kind.code())
                .handler(kind.handler())
                .memorySize(kind.memoryMegabytes())
                .timeout(kind.timeout())
                .environment(environment)
                .logGroup(logs)
                .role(role)
                .build();
        alias = Alias.Builder.create(this, "Live")
                .aliasName(ALIAS)
                .version(function.getCurrentVersion())
                .build();
        rights.wildcards().forEach(accepted -> accepted.on(role));
        acceptWhatTheToolsSayOf(function);
    }

    Alias alias() {
        return alias;
    }

    /** Logs are no data: they go with the stack. A name that people can guess, for {@code aws logs tail}. */
    private LogGroup logs(Stage stage, Kind kind) {
        return LogGroup.Builder.create(this, "Logs")
                .logGroupName("/tallywatt/" + stage.word() + "/" + kind.name())
                .retention(stage.logs())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    private static void acceptWhatTheToolsSayOf(Function function) {
        Annotations.of(function)
                .acknowledgeWarning(
                        "@aws-cdk/aws-lambda:snapStartRequirePublish",
                        "A version is published with every change, and called by its alias.");
        // The CDK lets a function wait for its role by name, too. Were there ever a policy beside the role, it would
        // wait for that.
        if (function.getNode().getDefaultChild() instanceof CfnFunction resource) {
            resource.addMetadata("cfn-lint", Map.of("config", Map.of("ignore_checks", List.of("W3005"))));
        }
    }
}
