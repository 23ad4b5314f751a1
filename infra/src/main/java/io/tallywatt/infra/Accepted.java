package io.tallywatt.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.Arrays;
import java.util.List;
import software.constructs.Construct;

/** A finding of cdk-nag that is accepted on one construct, with the reason. */
final class Accepted {
    private final NagPackSuppression suppression;

    private Accepted(NagPackSuppression suppression) {
        this.suppression = suppression;
    }

    static Accepted rule(String id, String reason) {
        return new Accepted(NagPackSuppression.builder().id(id).reason(reason).build());
    }

    /**
     * A wildcard in a policy, accepted where the finding's text matches and nowhere else on the construct.
     *
     * @param patterns each the whole of a text such as {@code Resource::...}, as regular expressions of JavaScript
     */
    static Accepted wildcards(String reason, String... patterns) {
        List<RegexAppliesTo> texts = Arrays.stream(patterns)
                .map(pattern -> RegexAppliesTo.builder()
                        .regex("/^" + pattern.replace("/", "\\/") + "$/")
                        .build())
                .toList();
        return new Accepted(NagPackSuppression.builder()
                .id("AwsSolutions-IAM5")
                .reason(reason)
                .appliesTo(texts)
                .build());
    }

    void on(Construct construct) {
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression));
    }
}
