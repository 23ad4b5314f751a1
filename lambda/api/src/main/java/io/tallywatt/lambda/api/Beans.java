package io.tallywatt.lambda.api;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Startup;
import io.tallywatt.api.Backend;
import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.s3.SignedAddresses;
import io.tallywatt.lambda.Parts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The beans that the API needs, by the settings of the process. They are made when the function starts, not when it is first asked. */
@Singleton
class Beans {
    private final AwsSettings settings = AwsSettings.ofProcess();
    private final AwsClients clients = new AwsClients(settings);
    private final Parts parts = Parts.of(settings, clients);
    private final SignedAddresses addresses = new SignedAddresses(clients::s3Addresses, settings.bucket());

    @Produces
    @Singleton
    @Startup
    @Unremovable
    Backend backend() {
        return new FunctionBackend(parts, new FunctionReception(parts, new BucketUploads(addresses, parts.clock())));
    }

    @Produces
    @Singleton
    LargeAnswers.Place place() {
        return new AnswersInBucket(parts.s3(), parts.bucket(), addresses);
    }
}
