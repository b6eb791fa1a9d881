package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=Tom+M%C3%BCller | Tom Müller",
                "name=Tom%20M%c3%bcller | Tom Müller",
                "name=Tom Müller 汤姆 | Tom Müller 汤姆", // Python leaves it raw
                "name=RC:TxtMsg | RC:TxtMsg",
                "name={\"content\":[1]} | {\"content\":[1]}",
                "name=a=b | a=b",
                "name=a;b | a;b",
                "name=a#b&x=y | a#b",
                "name=%F0%9F%98%80 | 😀",
                "x=y&name=last | last",
            })
    void readsWhatSdksWrite(String body, String value) {
        assertThat(form(body).text("name")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x=y", "name=", "name", "&&&"})
    void anEmptyFieldIsAnAbsentOne(String body) {
        // Given
        FormFields form = form(body);

        // When
        String text = form.text("name");

        // Then
        assertThat(text).isNull();
        assertThat(form.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%", "name=%4", "name=%zz", "%zz=name", "name=%FF", "name=%C3", "name=%ED%A0%80"})
    void refusesWhatIsBrokenAndNeverRepeatsIt(String body) {
        // When
        FormFields form = form(body);

        // Then
        assertThat(form.text("name")).isNull();
        assertThat(form.problems()).singleElement().satisfies(problem -> assertThat(problem.text())
                .startsWith("the body is not")
                .doesNotContain("zz"));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(FormFields.read(new byte[] {'a', '=', (byte) 0xC3}).problems())
                .hasSize(1);
    }

    @Test
    void refusesAFlood() {
        assertThat(form("a=b" + "&a=b".repeat(10_000)).problems()).hasSize(1);
    }

    @Test
    void keepsTheOrderOfRepeatedKeys() {
        assertThat(form("id=b&x=y&id=a&id=").texts("id")).isEqualTo(List.of("b", "a", ""));
        assertThat(form("x=y").texts("id")).isNull();
    }

    @Test
    void refusesAScalarThatIsGivenTwice() {
        // Given
        FormFields form = form("name=a&name=b");

        // When
        String text = form.text("name");

        // Then
        assertThat(text).isNull();
        assertThat(form.problems()).hasSize(1);
    }

    @Test
    void readsBracketsRawAndEscaped() {
        assertThat(form("group[g1]=N1&group%5Bg%5D2%5D=N+2&group[]=x&groups=y&group=z")
                        .keyed("group"))
                .isEqualTo(Map.of("g1", "N1", "g]2", "N 2", "", "x"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "1, true", "false, false", "0, false", "' false ', false"})
    void readsFlags(String text, boolean value) {
        assertThat(form("flag=" + text).bool("flag")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"flag=yes", "flag=2", "number=1.5", "number=x", "number=99999999999", "long=9223372036854775808"
            })
    void refusesOtherFlagsAndNumbers(String body) {
        // Given
        FormFields form = form(body);

        // When
        form.bool("flag");
        form.integer("number");
        form.number("long");

        // Then
        assertThat(form.problems()).hasSize(1);
    }

    private static FormFields form(String body) {
        return FormFields.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
