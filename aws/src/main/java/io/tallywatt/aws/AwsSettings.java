package io.tallywatt.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Names and addresses on AWS, each an environment variable. The names of table, bucket, queue and topic are those that the stack
 * gives its functions; an address is only stated where something else than AWS itself is to be asked.
 */
public final class AwsSettings {
    /** A service of AWS, with the variable that states another address for it alone. */
    public enum Service {
        DYNAMODB,
        S3,
        SQS,
        SNS,
        SSM;

        String variable() {
            return "TALLYWATT_AWS_" + name() + "_ENDPOINT";
        }
    }

    /** A setting is missing, or is not what was expected. The message names it. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private static final String ENDPOINT = "TALLYWATT_AWS_ENDPOINT";

    private final UnaryOperator<@Nullable String> environment;

    /** @param environment gives the value of a variable, null where it is not set */
    public AwsSettings(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    public static AwsSettings ofProcess() {
        return new AwsSettings(System::getenv);
    }

    /** The table of readings, journal and ledger. */
    public String table() {
        return required("TALLYWATT_AWS_TABLE", "the name of the DynamoDB table");
    }

    /** The bucket of the inbox, of files in quarantine and of the parts of big files. */
    public String bucket() {
        return required("TALLYWATT_AWS_BUCKET", "the name of the S3 bucket");
    }

    /** The URL of the queue that tells of what came into the inbox. */
    public String queue() {
        return required("TALLYWATT_AWS_QUEUE", "the URL of the SQS queue");
    }

    /** The ARN of the topic for alerts, null where nobody is to be told. */
    public @Nullable String topic() {
        return optional("TALLYWATT_AWS_TOPIC");
    }

    /** What the names of this stage's parameters begin with, such as {@code /tallywatt/prod/}; null where there are none. */
    public @Nullable String parameters() {
        return optional("TALLYWATT_AWS_PARAMETERS");
    }

    /** Where a service is asked, null for AWS itself. */
    public @Nullable URI endpoint(Service service) {
        @Nullable String own = optional(service.variable());
        String variable = own == null ? ENDPOINT : service.variable();
        @Nullable String stated = own == null ? optional(ENDPOINT) : own;
        if (stated == null) {
            return null;
        }
        try {
            URI uri = new URI(stated);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new Unusable(variable + " is '" + stated + "'; expected an address such as http://localhost:8000");
    }

    /** The value of a variable that is ours to read, null where it is not set or empty. */
    public @Nullable String optional(String variable) {
        @Nullable String value = environment.apply(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private String required(String variable, String meaning) {
        @Nullable String value = optional(variable);
        if (value == null) {
            throw new Unusable(variable + " is not set; expected " + meaning);
        }
        return value;
    }
}
