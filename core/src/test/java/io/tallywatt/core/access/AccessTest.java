package io.tallywatt.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tallywatt.core.access.Access.Decision;
import io.tallywatt.core.access.PublicRead.Area;
import io.tallywatt.core.store.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final SecureRandom random = new SecureRandom();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T17:00:00Z"));
    private final InMemoryKeys keys = new InMemoryKeys();

    private KeyText made(Scope scope) {
        KeyText key = KeyText.draw(random);
        assertThat(keys.add(key.kept("test", scope, clock.instant()))).isTrue();
        return key;
    }

    private Access access(String publicRead) {
        return Access.byKeys(keys, PublicRead.parse(publicRead), clock);
    }

    @Test
    void aScopeIncludesThoseBeforeIt() {
        Access access = access("");
        for (Scope has : Scope.values()) {
            String key = made(has).text();
            for (Scope needed : Scope.values()) {
                Decision decision = access.decide(needed, null, key);
                if (has.ordinal() >= needed.ordinal()) {
                    assertThat(decision).isInstanceOf(Decision.Allowed.class);
                } else {
                    assertThat(decision)
                            .isInstanceOfSatisfying(
                                    Decision.Forbidden.class,
                                    f -> assertThat(f.why()).contains(has.word(), needed.word()));
                }
            }
        }
    }

    @Test
    void noKeyAWrongOneAndHalfOfOneAreNotKnown() {
        Access access = access("");
        KeyText key = made(Scope.ADMIN);
        KeyText other = KeyText.draw(random);
        for (String presented : new String[] {
            null,
            "",
            "secret",
            key.text().substring(1),
            key.text() + " ",
            other.text(),
            new KeyText(key.id(), other.secret()).text()
        }) {
            assertThat(access.decide(Scope.READ, null, presented)).as(presented).isInstanceOf(Decision.Unknown.class);
        }
    }

    @Test
    void whatIsPublicIsReadWithoutAKeyAndNothingElse() {
        Access access = access("flows");
        assertThat(access.decide(Scope.READ, Area.FLOWS, null)).isInstanceOf(Decision.Allowed.class);
        assertThat(access.decide(Scope.READ, Area.FLOWS, "a wrong key")).isInstanceOf(Decision.Allowed.class);
        assertThat(access.decide(Scope.READ, Area.PRICES, null)).isInstanceOf(Decision.Unknown.class);
        assertThat(access.decide(Scope.WRITE, Area.FLOWS, null)).isInstanceOf(Decision.Unknown.class);
        assertThat(access.decide(Scope.READ, null, null)).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void aRevokedKeyIsLetInForAMinuteAtMost() {
        Access access = access("");
        KeyText key = made(Scope.READ);
        assertThat(access.decide(Scope.READ, null, key.text())).isInstanceOf(Decision.Allowed.class);
        clock.advance(Duration.ofSeconds(59));
        assertThat(keys.revoke(key.id(), clock.instant())).isPresent();
        assertThat(access.decide(Scope.READ, null, key.text())).isInstanceOf(Decision.Allowed.class);
        assertThat(keys.asked).as("asked once in a minute").isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(access.decide(Scope.READ, null, key.text())).isInstanceOf(Decision.Unknown.class);
    }

    @Test
    void whereNobodyElseComesEverybodyMay() {
        assertThat(Access.open().decide(Scope.ADMIN, null, null)).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void aKeyIsReadBackAndItsSecretIsNotShown() {
        KeyText key = KeyText.draw(random);
        assertThat(KeyText.parse(key.text())).contains(key);
        assertThat(key.text()).hasSize("tw__".length() + 50);
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(key.kept("n", Scope.READ, Instant.EPOCH).toString()).doesNotContain(key.secret());
        assertThat(KeyText.draw(random)).isNotEqualTo(key);
    }

    @Test
    void onlyFlowsAndPricesCanBePublic() {
        assertThat(PublicRead.parse("")).isEqualTo(PublicRead.NOTHING);
        assertThat(PublicRead.parse(" prices, flows ").toString()).isEqualTo("flows,prices");
        assertThatThrownBy(() -> PublicRead.parse("flows,meters"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'meters'");
    }
}
