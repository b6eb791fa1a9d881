package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZimQueryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UserId[]=a&UserId[]=b%20c",
                "UserId%5B%5D=a&UserId%5B%5D=b+c",
                "UserId=a&UserId=b+c",
                "x=1&UserId[]=a&y&UserId[]=b%20c"
            })
    void readsLists(String query) {
        // When
        ZimQuery read = ZimQuery.read(query).orElseThrow();

        // Then
        assertThat(read.texts("UserId")).containsExactly("a", "b c");
    }

    @Test
    void readsUtf8RawAndEscaped() {
        // When
        ZimQuery read = ZimQuery.read("a=汤姆&b=%E6%B1%A4%E5%A7%86").orElseThrow();

        // Then
        assertThat(read.text("a")).isEqualTo("汤姆").isEqualTo(read.text("b"));
    }

    @Test
    void whatIsEmptyIsAbsent() {
        // When
        ZimQuery read = ZimQuery.read("a=&b").orElseThrow();

        // Then
        assertThat(read.text("a")).isNull();
        assertThat(read.text("b")).isNull();
        assertThat(read.text("c")).isNull();
        assertThat(read.texts("c")).isEmpty();
        assertThat(ZimQuery.read(null)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%zz", "a=%E6%B1", "a=%ff"})
    void refusesWhatIsNoText(String query) {
        // When
        var read = ZimQuery.read(query);

        // Then
        assertThat(read).isEmpty();
    }

    @Test
    void refusesTooMuch() {
        // When
        var read = ZimQuery.read("a=1&".repeat(1000));

        // Then
        assertThat(read).isEmpty();
    }
}
