package dev.fanfare.delivery.push.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class FirstBytesTest {

    private final FirstBytes answer = new FirstBytes(8);

    @Test
    void shortAnswerIsKeptWhole() {
        // When
        answer.write(Buffer.buffer("abc"));
        answer.write(Buffer.buffer("def"));
        answer.end();

        // Then
        assertThat(answer.result().result()).asString().isEqualTo("abcdef");
    }

    @Test
    void ofALongAnswerTheBeginningIsKept() {
        // When
        answer.write(Buffer.buffer("abcdef"));
        answer.write(Buffer.buffer("ghijkl"));
        answer.write(Buffer.buffer("x".repeat(1_000_000)));
        answer.end();

        // Then
        assertThat(answer.result().result()).asString().isEqualTo("abcdefgh");
    }

    @Test
    void answerThatBreaksOffIsAFailure() {
        // When
        answer.write(Buffer.buffer("abc"));
        answer.handle(new IllegalStateException("reset"));

        // Then
        assertThat(answer.result().failed()).isTrue();
    }
}
