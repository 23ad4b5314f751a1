package io.tallywatt.api;

import io.tallywatt.api.wire.Values;
import io.tallywatt.core.store.MeterGroup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Finds the group that a request names. */
@Singleton
class KnownGroups {
    static final String PARAMETER = "group";

    private final Backend backend;

    @Inject
    KnownGroups(Backend backend) {
        this.backend = backend;
    }

    /** The group that the query names, null if it names none. */
    @Nullable
    MeterGroup asked(Asked asked) {
        @Nullable String key = asked.value(PARAMETER, KnownGroups::key);
        return key == null ? null : find(key);
    }

    /** Reads a group's key. */
    static String key(String text) {
        if (MeterGroup.isKey(text)) {
            return text;
        }
        throw new Values.Unexpected("the key of a group: " + MeterGroup.KEYS, text);
    }

    MeterGroup find(String key) {
        return backend.ask(() -> backend.groups().find(key)).orElseThrow(() -> none(key));
    }

    static Problem none(String key) {
        return Problem.notFound("There is no group '" + key + "'; /api/v1/groups lists those there are");
    }

    /** What an answer about a group depends on besides the store. */
    static String digest(@Nullable MeterGroup group) {
        return group == null ? "" : group.digest();
    }
}
