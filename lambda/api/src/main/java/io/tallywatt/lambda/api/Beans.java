package io.tallywatt.lambda.api;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Startup;
import io.tallywatt.api.Backend;
import io.tallywatt.aws.AwsClients;
import io.tallywatt.aws.AwsSettings;
import io.tallywatt.aws.access.DynamoKeys;
import io.tallywatt.aws.s3.SignedAddresses;
import io.tallywatt.core.access.Access;
import io.tallywatt.core.access.PublicRead;
import io.tallywatt.lambda.Parts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The beans that the API needs, by the settings of the process. They are made when the function starts, not when it is first asked. */
@Singleton
class Beans {
    private static final String PUBLIC_READ = "TALLYWATT_PUBLIC_READ";

    private final AwsSettings settings = AwsSettings.ofProcess();
    private final AwsClients clients = new AwsClients(settings);
    private final Parts parts = new Parts(settings, clients);
    private final SignedAddresses addresses = new SignedAddresses(clients::s3Addresses, settings.bucket());

    @Produces
    @Singleton
    @Startup
    @Unremovable
    Backend backend() {
        return new FunctionBackend(parts, new FunctionReception(parts, new BucketUploads(addresses, parts.clock())));
    }

    /** Every route needs a key, but for what the stack was told to leave open. */
    @Produces
    @Singleton
    @Startup
    Access access() {
        return Access.byKeys(new DynamoKeys(parts.dynamoDb(), parts.table()), publicRead(), parts.clock());
    }

    private PublicRead publicRead() {
        @Nullable String stated = settings.optional(PUBLIC_READ);
        try {
            return stated == null ? PublicRead.NOTHING : PublicRead.parse(stated);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(PUBLIC_READ + ": " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    LargeAnswers.Place place() {
        return new AnswersInBucket(parts::s3, parts.bucket(), addresses);
    }
}
