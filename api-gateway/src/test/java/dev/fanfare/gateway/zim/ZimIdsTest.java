package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZimIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u1",
                "A",
                "0123456789abcdefghijklmnopqrstuv",
                "!#$%&()+-:;<=.>?@[]^_ {}|~",
                "...",
                "@RBT#1",
                " a"
            })
    void takesTheVendorsAlphabet(String id) {
        // When
        var problem = ZimIds.checkUser("FromUserId", id);

        // Then
        assertThat(problem).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\"b", "a'b", "a*b", "a,b", "a/b", "a\\b", "a`b", "a\tb", "a\u0000b", "汤姆", "é", " ", ".", ".."
            })
    void refusesWhatIsNotInIt(String id) {
        // When
        ZimProblem problem = ZimIds.checkUser("FromUserId", id).orElseThrow();

        // Then
        assertThat(problem.error()).isEqualTo(ZimError.PARAMETER);
        assertThat(problem.text()).startsWith("FromUserId ");
    }

    @Test
    void missingIsAParameterErrorAndTooLongHasItsOwn() {
        // Given
        String tooLong = "x".repeat(33);

        // When
        var missing = ZimIds.checkUser("FromUserId", null).orElseThrow();
        var empty = ZimIds.checkUser("FromUserId", "").orElseThrow();
        var user = ZimIds.checkUser("FromUserId", tooLong).orElseThrow();
        var group = ZimIds.checkGroup("GroupId", tooLong).orElseThrow();

        // Then
        assertThat(missing.error()).isEqualTo(ZimError.PARAMETER);
        assertThat(empty.error()).isEqualTo(ZimError.PARAMETER);
        assertThat(user.error()).isEqualTo(ZimError.USER_ID_TOO_LONG);
        assertThat(group.error()).isEqualTo(ZimError.PARAMETER);
    }
}
