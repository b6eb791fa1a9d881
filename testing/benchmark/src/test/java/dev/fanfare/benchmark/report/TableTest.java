package dev.fanfare.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0;0.00", "0.1234;0.12", "9.994;9.99", "12.34;12.3", "123.4;123", "1234;1,230", "987654;988,000"})
    void numbersHaveThreeDigitsThatMeanSomething(double value, String expected) {
        assertThat(Table.number(value)).isEqualTo(expected);
    }

    @Test
    void isMarkdownWithAlignedColumns() {
        // Given
        Table table =
                new Table(List.of("server", "a second"), List.of(List.of("C", "5"), List.of("Netty", "1,000,000")));

        // Then
        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | server |  a second |
                        | ------ | --------: |
                        | C      |         5 |
                        | Netty  | 1,000,000 |
                        """);
    }

    @Test
    void refusesARowThatDoesNotFit() {
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
