package io.tallywatt.api;

import io.tallywatt.core.query.Site;
import io.tallywatt.core.query.Sites;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Finds the site that a request names. To be asked inside {@link Backend#ask}. */
@Singleton
class KnownSites {
    private final Backend backend;

    @Inject
    KnownSites(Backend backend) {
        this.backend = backend;
    }

    Sites all() {
        return new Sites(backend.blocks(), backend.following(), backend.findings());
    }

    Site find(String site) {
        return all().find(site).orElseThrow(() -> none(site));
    }

    void check(String site) {
        if (!all().has(site)) {
            throw none(site);
        }
    }

    private static Problem none(String site) {
        return Problem.notFound(
                "There is no site '" + Problem.shortened(site) + "'; /api/v1/sites lists those there are");
    }
}
