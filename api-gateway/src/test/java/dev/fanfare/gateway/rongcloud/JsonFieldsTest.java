package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "\"text\"", "{} {}", "{\"a\":1,}", "fromUserId=u1"})
    void refusesWhatIsNoObject(String body) {
        assertThat(json(body).problems()).hasSize(1);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(JsonFields.read("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1))
                        .problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"f\":null}", "{\"f\":\"\"}"})
    void anEmptyFieldIsAnAbsentOne(String body) {
        // Given
        JsonFields json = json(body);

        // When
        List<Object> read = Arrays.asList(json.text("f"), json.bool("f"), json.integer("f"), json.number("f"));

        // Then
        assertThat(read).containsOnlyNulls();
        assertThat(json.problems()).isEmpty();
    }

    @Test
    void takesScalarsAsStringsAndTheOtherWayRound() {
        // Given
        JsonFields json = json("{\"text\":7,\"flag\":\"true\",\"one\":1,\"int\":\"5\",\"long\":12345678901}");

        // Then
        assertThat(json.text("text")).isEqualTo("7");
        assertThat(json.bool("flag")).isTrue();
        assertThat(json.bool("one")).isTrue();
        assertThat(json.integer("int")).isEqualTo(5);
        assertThat(json.number("long")).isEqualTo(12345678901L);
        assertThat(json.problems()).isEmpty();
    }

    @Test
    void listsMayHoldNullsAndScalars() {
        // Given
        JsonFields json = json("{\"list\":[\"a\",null,\"\",3],\"nothing\":null,\"empty\":[]}");

        // Then
        assertThat(json.texts("list")).isEqualTo(Arrays.asList("a", null, "", "3"));
        assertThat(json.texts("nothing")).isNull();
        assertThat(json.texts("absent")).isNull();
        assertThat(json.texts("empty")).isEmpty();
        assertThat(json.problems()).isEmpty();
    }

    @Test
    void mapsMayBeNullOrPhpsEmptyArray() {
        // Given
        JsonFields json = json("{\"values\":[{\"{c}\":\"Tom\",\"{n}\":3,\"{x}\":null},null,{},[]]}");

        // When
        List<Map<String, String>> maps = json.maps("values");

        // Then
        assertThat(maps).isEqualTo(Arrays.asList(Map.of("{c}", "Tom", "{n}", "3"), null, Map.of(), Map.of()));
        assertThat(json.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":{}}",
                "{\"text\":[\"a\"]}",
                "{\"text\":\"\\ud800\"}",
                "{\"list\":\"a\"}",
                "{\"list\":{}}",
                "{\"list\":[[\"a\"]]}",
                "{\"maps\":{}}",
                "{\"maps\":[\"a\"]}",
                "{\"maps\":[[1]]}",
                "{\"maps\":[{\"{c}\":{}}]}",
                "{\"maps\":[{\"\\udc00\":\"a\"}]}",
            })
    void refusesWrongTypes(String body) {
        // Given
        JsonFields json = json(body);

        // When
        json.text("text");
        json.texts("list");
        json.maps("maps");

        // Then
        assertThat(json.problems()).hasSize(1);
    }

    private static JsonFields json(String body) {
        return JsonFields.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
