package io.tallywatt.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.server.report.TextTable.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void alignsTextLeftNumbersRightAndDecimalsAtTheirPoints() throws IOException {
        try (TextTable table =
                new TextTable(new Output(bytes), Column.left("name"), Column.point("kWh"), Column.right("meters"))) {
            table.row("a", "1.25", "7");
            table.row("longer", "1200", "1,000");
            table.row("b", "-", "-");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        name        kWh  meters
                        a          1.25       7
                        longer  1200      1,000
                        b          -          -
                        """);
    }

    @Test
    void rowsBeyondTheFirstThousandGoStraightThrough() throws IOException {
        TextTable table = new TextTable(new Output(bytes), Column.left("n"));
        for (int i = 0; i < 1_001; i++) {
            table.row(Integer.toString(i));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(1_002);
        table.row("wider than all before");
        table.close();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("wider than all before\n");
    }

    @Test
    void aTableWithoutRowsIsNotShown() throws IOException {
        new TextTable(new Output(bytes), Column.left("n")).close();

        assertThat(bytes.size()).isZero();
    }
}
