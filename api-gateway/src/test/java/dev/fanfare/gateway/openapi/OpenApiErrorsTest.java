package dev.fanfare.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.rongcloud.RongCloudError;
import dev.fanfare.gateway.zim.ZimError;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes in {@code docs/openapi.yaml} are made from the tables of errors; {@value #HOW_TO_UPDATE} writes them anew. */
class OpenApiErrorsTest {

    private static final String HOW_TO_UPDATE = "mvn -pl api-gateway test -Dtest=OpenApiErrorsTest -Ddocs.update=true";

    private static final String BEGIN = "    # errors: begin\n";
    private static final String END = "    # errors: end\n";
    private static final String HEAD = "    # Made from RongCloudError and ZimError by " + HOW_TO_UPDATE + "\n";

    @Test
    void agreesWithTheCode() throws Exception {
        // Given
        String file = Files.readString(OpenApi.FILE);
        String before = file.substring(0, file.indexOf(BEGIN) + BEGIN.length());
        String after = file.substring(file.indexOf(END));
        String refusals = codes(
                "RefusalCode",
                Arrays.stream(RongCloudError.values())
                        .collect(Collectors.groupingBy(
                                RongCloudError::code,
                                TreeMap::new,
                                Collectors.mapping(
                                        error -> "HTTP " + error.httpStatus() + ": " + error.meaning(),
                                        Collectors.joining(" Or ")))));
        TreeMap<Integer, String> zim = Arrays.stream(ZimError.values())
                .collect(Collectors.toMap(ZimError::code, ZimError::text, (a, b) -> a, TreeMap::new));
        zim.put(0, "Done.");

        // When
        String expected = before + HEAD + refusals + codes("ZimCode", zim) + after;
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(OpenApi.FILE, expected);
        }

        // Then
        assertThat(OpenApi.FILE)
                .as("the codes no longer agree with the code; write them anew with: %s", HOW_TO_UPDATE)
                .hasContent(expected);
    }

    private static String codes(String name, TreeMap<Integer, String> codes) {
        List<String> lines = codes.entrySet().stream()
                .map(code -> "        - {const: %d, description: '%s'}\n"
                        .formatted(code.getKey(), code.getValue().replace("'", "''")))
                .toList();
        return Stream.concat(Stream.of("    %s:\n      type: integer\n      oneOf:\n".formatted(name)), lines.stream())
                .collect(Collectors.joining());
    }
}
