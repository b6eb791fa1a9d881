package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of ZIM's codes in {@code docs/api.md} is made from {@link ZimError}; {@value #HOW_TO_UPDATE} writes it anew. */
class ZimErrorTableTest {

    private static final String HOW_TO_UPDATE = "mvn -pl api-gateway test -Dtest=ZimErrorTableTest -Ddocs.update=true";

    /** The tests of a module run in its folder. */
    private static final Path PAGE = Path.of("../docs/api.md");

    private static final String BEGIN = "<!-- zim errors: begin -->\n";
    private static final String END = "<!-- zim errors: end -->\n";
    private static final String HEAD =
            """

            Made from [`ZimError`](../api-gateway/src/main/java/dev/fanfare/gateway/zim/ZimError.java) by `%s`.

            | code | what happened | what to do |
            |---|---|---|
            """;

    @Test
    void agreesWithTheCode() throws Exception {
        // Given
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String after = page.substring(page.indexOf(END));
        String rows = Arrays.stream(ZimError.values())
                .sorted(Comparator.comparing(ZimError::code))
                .map(error -> "| %d | %s | %s |\n".formatted(error.code(), error.text(), error.advice()))
                .collect(Collectors.joining());

        // When
        String expected = before + HEAD.formatted(HOW_TO_UPDATE) + rows + "\n" + after;
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
        }

        // Then
        assertThat(PAGE)
                .as("the table of ZIM's codes no longer agrees with the code; write it anew with: %s", HOW_TO_UPDATE)
                .hasContent(expected);
    }

    @Test
    void everyCodeIsThereOnce() {
        // When
        var codes = Arrays.stream(ZimError.values()).map(ZimError::code);

        // Then
        assertThat(codes).doesNotHaveDuplicates();
    }
}
