package dev.fanfare.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.signing.ProducerKey;
import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretTest {

    private static final String VALUE = "do-not-show-this-to-anybody-please";
    private static final Secret SECRET = Secret.of(VALUE);

    /** A configuration with a secret in it. */
    private record Holder(String name, Secret secret) {}

    static Stream<Object> holders() {
        return Stream.of(
                SECRET,
                new Holder("holder", SECRET),
                List.of(SECRET),
                Map.of("key", SECRET),
                new ProducerKey("erp", List.of(SECRET), Set.of("app"), Set.of(Topic.BROADCAST_COMMAND)),
                new TokenKeys("k1", Map.of("k1", SECRET)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void isInNoTextAndInNoJson(Object holder) {
        assertThat(holder.toString()).doesNotContain(VALUE);
        assertThat(new String(Json.write(holder), StandardCharsets.UTF_8)).doesNotContain(VALUE);
    }

    @Test
    void matchesOnlyItself() {
        assertThat(SECRET.matches(VALUE)).isTrue();
        assertThat(SECRET.matches(VALUE + " ")).isFalse();
        assertThat(SECRET.matches("")).isFalse();
        assertThat(SECRET.matches(null)).isFalse();
        assertThat(SECRET).isEqualTo(Secret.of(VALUE)).isNotEqualTo(Secret.of("other"));
    }

    @Test
    void givesItsValueOnlyWhereItIsAskedFor() {
        assertThat(SECRET.reveal()).isEqualTo(VALUE);
        assertThat(SECRET.bytes()).isEqualTo(VALUE.getBytes(StandardCharsets.UTF_8));
    }
}
