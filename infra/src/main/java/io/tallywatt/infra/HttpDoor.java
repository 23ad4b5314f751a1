package io.tallywatt.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogDestination;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The HTTP API: every route goes to one function, which knows the routes and the keys. */
final class HttpDoor extends Construct {
    /** Far more than people and dashboards ask, far less than a loop gone wild would cost in a day. */
    private static final int CALLS_PER_SECOND = 50;

    private static final int CALLS_AT_ONCE = 100;

    /** Neither query nor headers: no key may come into a log. */
    private static final String LINE = """
            {"id":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",\
            "method":"$context.httpMethod","path":"$context.path","status":"$context.status",\
            "bytes":"$context.responseLength","ms":"$context.responseLatency","error":"$context.integrationErrorMessage"}""";

    private final HttpApi api;

    HttpDoor(Construct scope, String id, Stage stage, Alias function) {
        super(scope, id);
        api = HttpApi.Builder.create(this, "Api")
                .apiName("tallywatt-" + stage.word())
                .description("Tallywatt's API, stage " + stage.word())
                .createDefaultStage(false)
                .defaultIntegration(HttpLambdaIntegration.Builder.create("Function", function)
                        .payloadFormatVersion(PayloadFormatVersion.VERSION_2_0)
                        .build())
                .build();
        LogGroup logs = logs(stage);
        HttpStage.Builder.create(this, "Stage")
                .httpApi(api)
                .stageName("$default")
                .autoDeploy(true)
                .throttle(ThrottleSettings.builder()
                        .rateLimit(CALLS_PER_SECOND)
                        .burstLimit(CALLS_AT_ONCE)
                        .build())
                .accessLogSettings(new IAccessLogSettings() {
                    @Override
                    public IAccessLogDestination getDestination() {
                        return new LogGroupLogDestination(logs);
                    }

                    @Override
                    public AccessLogFormat getFormat() {
                        return AccessLogFormat.custom(LINE);
                    }
                })
                .build();
        Accepted.rule(
                        "AwsSolutions-APIG4",
                        "Keys are checked by the function, for each route by its scope, as they are in a server of one's own; "
                                + "an authorizer in front would be a second function called for the same look into the table.")
                .on((Construct) api.getNode().findChild("DefaultRoute"));
    }

    /** Without a slash at the end. */
    String address() {
        return api.getApiEndpoint();
    }

    /** Below the one prefix under which AWS's services write without a policy per group: an account may have ten of those. */
    private LogGroup logs(Stage stage) {
        return LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/vendedlogs/tallywatt/" + stage.word() + "/calls")
                .retention(stage.logs())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }
}
