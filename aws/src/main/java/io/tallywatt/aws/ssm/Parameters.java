package io.tallywatt.aws.ssm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The parameters of a stage, such as the token of a source: secrets are decrypted. All of them are read at once, and anew after five
 * minutes, so that one that is replaced is known soon without being asked for each time.
 */
public final class Parameters {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SsmClient ssm;
    private final String path;
    private final Clock clock;
    private Map<String, String> known = Map.of();
    private @Nullable Instant readAt;

    /** @param path what the names begin with, such as {@code /tallywatt/prod/} */
    public Parameters(SsmClient ssm, String path, Clock clock) {
        this.ssm = ssm;
        this.path = path;
        this.clock = clock;
    }

    /** The value of a parameter, by its name below the path; empty if there is none. */
    public synchronized Optional<String> find(String name) {
        Instant now = clock.instant();
        if (readAt == null || !now.isBefore(readAt.plus(FRESH))) {
            Map<String, String> values = new HashMap<>();
            ssm.getParametersByPathPaginator(g -> g.path(path).recursive(true).withDecryption(true)).stream()
                    .flatMap(page -> page.parameters().stream())
                    .forEach(parameter -> values.put(parameter.name().substring(path.length()), parameter.value()));
            known = Map.copyOf(values);
            readAt = now;
        }
        return Optional.ofNullable(known.get(name));
    }

    /** @throws IllegalStateException that names the parameter and says how it is set */
    public String required(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("There is no parameter " + path + name
                        + "; set it: aws ssm put-parameter --type SecureString --name " + path + name
                        + " --value file://FILE"));
    }
}
