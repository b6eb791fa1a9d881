package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "/a/{x}, /a/1, x=1",
        "/a/{x}, /a/, x=",
        "/a/{x}, /a/1+2&y=3, x=1%2B2%26y=3",
        "/a/{x}, /a/1%2F2, x=1%2F2",
        "/a/{x}/b, /a/1/b, x=1",
        "/a/{x}/{y}, /a/1/2, x=1&y=2",
        "/a/b, /a/b, ''"
    })
    void takesItsFields(String template, String path, String fields) {
        assertThat(new PathTemplate(template).fieldsIn(path)).contains(fields);
    }

    @ParameterizedTest
    @CsvSource({"/a/{x}, /a", "/a/{x}, /b/1", "/a/{x}, /a/1/2", "/a/{x}/b, /a/1/c", "/a/{x}/b, /a/1", "/a/b, /a/b/"})
    void isNoSuchPath(String template, String path) {
        assertThat(new PathTemplate(template).fieldsIn(path)).isEmpty();
    }
}
