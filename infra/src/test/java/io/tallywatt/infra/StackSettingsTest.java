package io.tallywatt.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StackSettingsTest {
    private static StackSettings of(Map<String, String> context) {
        return StackSettings.of(context::get);
    }

    @ParameterizedTest
    @EnumSource
    void aStageIsEnough(Stage stage) {
        StackSettings settings = of(Map.of("stage", stage.word()));
        assertThat(settings.stage()).isEqualTo(stage);
        assertThat(settings.zone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(settings.publicRead()).isEmpty();
        assertThat(settings.publicReadText()).isEmpty();
        assertThat(settings.alarmEmail()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        StackSettings settings = of(Map.of(
                "stage", "prod",
                "zone", "Europe/London",
                "publicRead", " prices, flows ,",
                "alarmEmail", "watch@example.org"));
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(settings.publicRead()).isEqualTo(Set.of("flows", "prices"));
        assertThat(settings.publicReadText()).isEqualTo("flows,prices");
        assertThat(settings.alarmEmail()).hasValue("watch@example.org");
    }

    @Test
    void withoutAStageNothingIsMade() {
        assertThatThrownBy(() -> of(Map.of()))
                .isInstanceOf(StackSettings.Unusable.class)
                .hasMessage("stage is not set; expected -c stage=dev or -c stage=prod");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stage      | test              | stage is 'test'; expected dev or prod
            stage      | DEV               | stage is 'DEV'; expected dev or prod
            zone       | Europe/Londinium  | zone is 'Europe/Londinium'; expected a time zone such as Europe/London or UTC
            publicRead | flows,consumption | publicRead names 'consumption'; expected any of flows, prices, with commas between
            publicRead | *                 | publicRead names '*'; expected any of flows, prices, with commas between
            alarmEmail | everybody         | alarmEmail is 'everybody'; expected an address such as watch@example.org
            """)
    void whatIsNotExpectedIsNamed(String name, String value, String message) {
        Map<String, String> context = name.equals("stage") ? Map.of(name, value) : Map.of("stage", "dev", name, value);
        assertThatThrownBy(() -> of(context))
                .isInstanceOf(StackSettings.Unusable.class)
                .hasMessage(message);
    }
}
