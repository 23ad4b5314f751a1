package io.tallywatt.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/files | GET, HEAD, OPTIONS, POST",
                "/api/v1/files/ | GET, HEAD, OPTIONS, POST",
                "/api/v1/files/7 | GET, HEAD, OPTIONS",
                "/api/v1/files/7/retry | OPTIONS, POST",
                "/api/v1/series/meter/a/b/c/explain/2024-01-01 | GET, HEAD, OPTIONS",
                "/api/v1/sites/site 1/records | GET, HEAD, OPTIONS",
                "/api/v1/sites/a%2Fb | GET, HEAD, OPTIONS",
                "/api/v1/groups | GET, HEAD, OPTIONS",
                "/api/v1/groups/north | DELETE, GET, HEAD, OPTIONS, PUT",
                "/api/v1/anomalies/counts | GET, HEAD, OPTIONS",
                "/api/v1/records | GET, HEAD, OPTIONS",
                "/api/v1/records/x | OPTIONS",
                "/api/v1/nothing | OPTIONS",
                "/ | OPTIONS"
            })
    void areThoseOfThatVeryPath(String path, String methods) {
        assertThat(Methods.of(path)).isEqualTo(methods);
    }
}
