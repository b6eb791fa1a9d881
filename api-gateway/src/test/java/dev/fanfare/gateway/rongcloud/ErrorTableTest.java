package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The error table of {@code docs/api.md} is made from {@link RongCloudError}; {@value #HOW_TO_UPDATE} writes it anew. */
class ErrorTableTest {

    private static final String HOW_TO_UPDATE = "mvn -pl api-gateway test -Dtest=ErrorTableTest -Ddocs.update=true";

    /** The tests of a module run in its folder. */
    private static final Path PAGE = Path.of("../docs/api.md");

    private static final String BEGIN = "<!-- errors: begin -->\n";
    private static final String END = "<!-- errors: end -->\n";
    private static final String HEAD =
            """

            Made from [`RongCloudError`](../api-gateway/src/main/java/dev/fanfare/gateway/rongcloud/RongCloudError.java) by `%s`.

            | `code` | HTTP | `errorMessage` | what happened | what to do |
            |---|---|---|---|---|
            """;

    @Test
    void agreesWithTheCode() throws Exception {
        // Given
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String rows = Arrays.stream(RongCloudError.values())
                .sorted(Comparator.comparing(RongCloudError::code))
                .map(ErrorTableTest::row)
                .collect(Collectors.joining());

        // When
        String expected = before + HEAD.formatted(HOW_TO_UPDATE) + rows + "\n" + after;
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
        }

        // Then
        assertThat(PAGE)
                .as("the error table no longer agrees with the code; write it anew with: %s", HOW_TO_UPDATE)
                .hasContent(expected);
    }

    private static String row(RongCloudError error) {
        return "| %d | %d | %s | %s | %s |\n"
                .formatted(error.code(), error.httpStatus(), error.text(), error.meaning(), error.advice());
    }
}
