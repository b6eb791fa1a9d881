package dev.fanfare.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.standalone.launch.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private final StringWriter printed = new StringWriter();
    private final Ledger ledger = new Ledger();

    @BeforeEach
    void oneThatIsWell() {
        ledger.add(new Expectation("anna, phone", Demo.BROADCAST, "hello", "", () -> List.of("hello")));
    }

    @Test
    void isATableWithAVerdict() {
        // Given
        ledger.add(new Expectation("anna, phone", Demo.GROUP_STATUS, null, "sender", List::of));
        ledger.add(new Expectation("erik, phone", Demo.BROADCAST, "hello", "late", () -> List.of("hello")));

        // When
        ledger.print(new Console(new PrintWriter(printed, true)));

        // Then
        assertThat(ledger.allMet()).isTrue();
        assertThat(printed.toString().lines().map(String::strip).filter(line -> !line.isEmpty()))
                .containsExactly(
                        "broadcast    group status   template",
                        "anna, phone        ✔            – sender",
                        "erik, phone        ✔ late",
                        "✔ every message is where it belongs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            textBlock =
                    """
                    hi      | ''     | template did not reach ben
                    hi      | hi,hi  | template reached ben 2 times
                    hi      | hello  | template reached ben as hello
                    nothing | hi     | template reached ben, and should not
                    """)
    void saysWhatIsWrong(String expected, String arrived, String complaint) {
        // Given
        List<String> contents = arrived.isEmpty() ? List.of() : List.of(arrived.split(","));
        ledger.add(new Expectation("ben", Demo.TEMPLATE, expected, "hi ben", () -> contents));

        // When
        ledger.print(new Console(new PrintWriter(printed, true)));

        // Then
        assertThat(ledger.allMet()).isFalse();
        assertThat(printed.toString())
                .contains("✘ " + complaint, "✘ hi ben", "✘ not every message is where it belongs");
    }
}
