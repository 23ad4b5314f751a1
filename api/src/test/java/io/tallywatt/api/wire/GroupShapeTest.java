package io.tallywatt.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tallywatt.core.store.MeterGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupShapeTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static GroupShape.Given json(String text) {
        return GroupShape.json(bytes(text.replace('\'', '"')));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        MeterGroup group = MeterGroup.of("north", "Nørd \"1\"", List.of("EE1", "a/b c", "ü"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(out)) {
            GroupShape.write(json, group);
        }
        GroupShape.Given read = GroupShape.json(out.toByteArray());
        assertThat(read.group()).isEqualTo("north");
        assertThat(MeterGroup.of("north", String.valueOf(read.name()), read.meters()))
                .isEqualTo(group);
    }

    @Test
    void whatIsNotSaidIsNotMadeUp() {
        assertThat(json("{'meters':[]}")).isEqualTo(new GroupShape.Given(null, null, List.of()));
        assertThat(json("{'name':'','meters':['B','A','B']}"))
                .isEqualTo(new GroupShape.Given(null, "", List.of("B", "A", "B")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                | body",
                "x                                 | body",
                "[]                                | body",
                "{'meters':[                       | body",
                "{'meters':[]} x                   | body",
                "{'name':'a'}                      | body",
                "{'meters':[],'meters':['A']}      | body",
                "{'meters':[],'unit':'kWh'}        | body",
                "{'meters':'A'}                    | meters",
                "{'meters':null}                   | meters",
                "{'meters':[1]}                    | meters",
                "{'meters':[['A']]}                | meters",
                "{'meters':['']}                   | meters",
                "{'meters':['\\u0001']}            | meters",
                "{'name':7,'meters':[]}            | name",
                "{'name':null,'meters':[]}         | name",
                "{'name':'a\\nb','meters':[]}      | name",
                "{'group':['a'],'meters':[]}       | group",
            })
    void whatIsNoGroupIsRefusedByPart(String text, String part) {
        GroupShape.Unreadable e = catchThrowableOfType(GroupShape.Unreadable.class, () -> json(text));
        assertThat(e.part()).isEqualTo(part);
        assertThat(e.expected()).isNotBlank();
    }

    @Test
    void aTableIsAKeyInEachLine() {
        assertThat(GroupShape.csv(bytes("\uFEFFmeter\r\nEE1\r\n\r\n  EE2 \r\n\"a,b\"\r\nmeter"))
                        .meters())
                .containsExactly("EE1", "EE2", "a,b", "meter");
        assertThat(GroupShape.csv(bytes("")).meters()).isEmpty();
        GroupShape.Unreadable two =
                catchThrowableOfType(GroupShape.Unreadable.class, () -> GroupShape.csv(bytes("EE1\nEE2,3\n")));
        assertThat(two.part()).isEqualTo("meters");
        assertThat(two.expected()).contains("line 2");
        assertThat(catchThrowableOfType(GroupShape.Unreadable.class, () -> GroupShape.csv(new byte[] {(byte) 0xff}))
                        .expected())
                .contains("UTF-8");
    }

    @Test
    void aGroupHasOnlySoManyMeters() {
        String most = IntStream.range(0, MeterGroup.MOST_METERS)
                .mapToObj(i -> "M" + i + "\n")
                .collect(Collectors.joining());
        assertThat(GroupShape.csv(bytes(most + most)).meters()).hasSize(2 * MeterGroup.MOST_METERS);
        assertThat(catchThrowableOfType(GroupShape.Unreadable.class, () -> GroupShape.csv(bytes(most + "more")))
                        .expected())
                .contains("100000");
    }
}
