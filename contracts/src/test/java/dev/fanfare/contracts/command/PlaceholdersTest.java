package dev.fanfare.contracts.command;

import static dev.fanfare.contracts.command.Placeholders.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fanfare.contracts.Json;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void theVendorsExampleForContent() {
        // Given
        String template = "{\"content\":\"{c}{d}\",\"extra\":\"bb\"}";

        // When, Then
        assertThat(render(template, Map.of("{c}", "Tom", "{d}", ":2")))
                .isEqualTo("{\"content\":\"Tom:2\",\"extra\":\"bb\"}");
        assertThat(render(template, Map.of("{c}", "Jerry", "{d}", ":5")))
                .isEqualTo("{\"content\":\"Jerry:5\",\"extra\":\"bb\"}");
    }

    @Test
    void theVendorsExampleForPushContent() {
        assertThat(render("hello {c}", Map.of("{c}", "Rose", "{d}", ":10"))).isEqualTo("hello Rose");
    }

    @Test
    void theVendorsRequestExample() {
        assertThat(render("{\"content\":\"{c}{d}{e}\",\"extra\":\"bb\"}", Map.of("{c}", "1", "{d}", "2", "{e}", "3")))
                .isEqualTo("{\"content\":\"123\",\"extra\":\"bb\"}");
    }

    @Test
    void aPlaceholderWithoutAValueStaysAsText() {
        assertThat(render("{\"content\":\"{c}{d}\"}", Map.of("{c}", "Tom"))).isEqualTo("{\"content\":\"Tom{d}\"}");
    }

    @Test
    void nothingToReplaceGivesTheTemplateItself() {
        // Given
        String template = "{\"content\":\"plain\"}";

        // When, Then
        assertThat(render(template, Map.of())).isSameAs(template);
        assertThat(render(template, Map.of("{c}", "Tom"))).isSameAs(template);
        assertThat(render(null, Map.of("{c}", "Tom"))).isNull();
    }

    @Test
    void aPlaceholderNeedsNoBraces() {
        assertThat(render("Dear NAME,", Map.of("NAME", "Tom"))).isEqualTo("Dear Tom,");
    }

    @Test
    void anEmptyPlaceholderAndAMissingValueAreNothing() {
        // Given
        Map<String, String> values = new HashMap<>();
        values.put("", "x");
        values.put("{c}", null);

        // When, Then
        assertThat(render("hi {c}", values)).isEqualTo("hi {c}");
    }

    @Test
    void anEmptyValueRemovesThePlaceholder() {
        assertThat(render("hi {c}!", Map.of("{c}", ""))).isEqualTo("hi !");
    }

    @Test
    void theLongestPlaceholderWins() {
        assertThat(render("{name}{name", Map.of("{name", "short", "{name}", "long", "{n", "no")))
                .isEqualTo("longshort");
    }

    @Test
    void aQuoteInANameCannotBreakTheMessage() {
        assertThat(render("{\"content\":\"hi {c}\"}", Map.of("{c}", "Tom \"Cat\" \\ \n")))
                .isEqualTo("{\"content\":\"hi Tom \\\"Cat\\\" \\\\ \\n\"}");
    }

    @Test
    void aValueCannotForgeAField() throws Exception {
        // When
        String rendered = render("{\"content\":\"{c}\"}", Map.of("{c}", "x\",\"extra\":\"forged"));

        // Then
        assertThat(Json.mapper().readTree(rendered).has("extra")).isFalse();
    }

    @Test
    void aValueOutsideOfStringsGoesInAsItIs() {
        assertThat(render("{\"n\":{d},\"s\":\"{d}\"}", Map.of("{d}", "[1,\"a\"]")))
                .isEqualTo("{\"n\":[1,\"a\"],\"s\":\"[1,\\\"a\\\"]\"}");
    }

    @Test
    void aValueIsNotEscapedInPlainText() {
        assertThat(render("she said \"{c}\"", Map.of("{c}", "a \"b\" \\"))).isEqualTo("she said \"a \"b\" \\\"");
    }

    @Test
    void aBackslashBeforeAPlaceholderIsTextLikeAnyOtherOutsideOfJson() {
        assertThat(render("the file \"C:\\{c}\" is ready", Map.of("{c}", "a.txt")))
                .isEqualTo("the file \"C:\\a.txt\" is ready");
    }

    @Test
    void anEscapeSequenceOfTheTemplateIsNeverTakenApart() {
        assertThat(render("{\"content\":\"line\\nnew {c}\"}", Map.of("n", "N", "{c}", "\"")))
                .isEqualTo("{\"coNteNt\":\"liNe\\nNew \\\"\"}");
    }

    @Property
    void jsonStaysJsonAndCarriesEveryValueWhole(@ForAll String a, @ForAll String b) throws Exception {
        // Given
        String template =
                "{\"content\":\"{a} \\\"and\\\" {b}\",\"extra\":{\"list\":[\"{b}{a}\",7,true,null]},\"{a}\":1}";

        // When
        JsonNode rendered = Json.mapper().readTree(render(template, Map.of("{a}", a, "{b}", b)));

        // Then
        assertThat(rendered.get("content")).isEqualTo(new TextNode(a + " \"and\" " + b));
        assertThat(rendered.at("/extra/list/0")).isEqualTo(new TextNode(b + a));
        assertThat(rendered.has(a)).isTrue();
    }

    @Property
    void aValueIsNeverScannedAgain(@ForAll @StringLength(max = 20) String text) {
        // Given
        Map<String, String> values = Map.of("{a}", "{b}" + text + "{a}", "{b}", "{a}{b}");

        // When, Then
        assertThat(render("1{a}2{b}3", values)).isEqualTo("1{b}" + text + "{a}2{a}{b}3");
    }

    @Property
    void plainTextIsKeptAroundTheValues(@ForAll String before, @ForAll String value, @ForAll String after) {
        // Given: a text that cannot be JSON
        String template = "~" + before.replace("{c}", "") + "{c}" + after.replace("{c}", "");

        // When
        String rendered = render(template, Map.of("{c}", value));

        // Then
        assertThat(rendered).isEqualTo("~" + before.replace("{c}", "") + value + after.replace("{c}", ""));
    }

    @Property
    void aTextWithoutThePlaceholderIsNotTouched(@ForAll String text, @ForAll String value) {
        assertThat(render(text.replace("{c}", ""), Map.of("{c}", value))).isEqualTo(text.replace("{c}", ""));
    }
}
