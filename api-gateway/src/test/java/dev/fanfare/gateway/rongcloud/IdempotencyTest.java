package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that names itself is carried out once. */
@GatewayTest
class IdempotencyTest {

    private WrittenRecords records;
    private BackEnd app;

    @BeforeEach
    void open() {
        records = new WrittenRecords();
        app = BackEnd.create();
    }

    @AfterEach
    void close() {
        records.close();
    }

    @Test
    void theSameKeyAndBodyGetTheFirstAnswer() {
        // Given
        Answer first = app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast()).isSuccess();

        // When
        Answer again = app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast());

        // Then
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(first.header("Idempotent-Replay")).isNull();
        records.onlyCommand(
                Topic.BROADCAST_COMMAND, app, first.body().path("messageUID").asText(), BroadcastCommand.class);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        // Given
        app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast()).isSuccess();

        // When
        Answer other = app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast().with("content", "other"));

        // Then
        other.isRefused(400, 1002).says("another body");
        assertThat(records.all(Topic.BROADCAST_COMMAND, app)).hasSize(1);
    }

    @Test
    void keysBelongToAnAppAndAnEndpoint() {
        // Given
        app.postOnce("key 1", Calls.BROADCAST, Calls.system()).isSuccess();

        // When
        Answer otherEndpoint = app.postOnce("key 1", Calls.SYSTEM, Calls.system());
        Answer otherApp = BackEnd.create().postOnce("key 1", Calls.BROADCAST, Calls.system());

        // Then
        assertThat(otherEndpoint.isSuccess().header("Idempotent-Replay")).isNull();
        assertThat(otherApp.isSuccess().header("Idempotent-Replay")).isNull();
    }

    @Test
    void msgRandomDoesTheSame() {
        // Given
        Form call = Calls.groupStatus().and("msgRandom", 42);
        Answer first = app.post(Calls.GROUP_STATUS, call).isSuccess();

        // When
        Answer again = app.post(Calls.GROUP_STATUS, call);
        Answer other = app.post(Calls.GROUP_STATUS, call.with("content", "other"));

        // Then
        assertThat(again.body()).isEqualTo(first.body());
        other.isRefused(400, 1002);
        assertThat(records.all(Topic.GROUP_STATUS_COMMAND, app)).hasSize(1);
    }

    @Test
    void msgRandomOfATemplate() {
        // Given
        var call = Calls.template().put("msgRandom", 42);
        Answer first = app.postJson(Calls.TEMPLATE, call).isSuccess();

        // When
        Answer again = app.postJson(Calls.TEMPLATE, call);

        // Then
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(records.all(Topic.TEMPLATE_COMMAND, app)).hasSize(1);
    }

    @Test
    void callsAtTheSameTimeAreCarriedOutOnce() {
        // Given
        var calls = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast())))
                .limit(8)
                .toList();

        // When
        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

        // Then
        assertThat(answers).extracting(Answer::code).containsAnyOf(200).isSubsetOf(200, 1008);
        assertThat(answers)
                .filteredOn(answer -> answer.code() == 200)
                .extracting(answer -> answer.body().path("messageUID").asText())
                .containsOnly(uidOnKafka());
        assertThat(answers)
                .filteredOn(answer -> answer.code() == 1008)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
    }

    private String uidOnKafka() {
        var found = records.all(Topic.BROADCAST_COMMAND, app);
        assertThat(found).hasSize(1);
        try {
            return Json.read(found.get(0).value(), BroadcastCommand.class).messageUID();
        } catch (Json.MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoWasRefusedMayUseTheKeyAgain() {
        // Given
        app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast().without("content"))
                .isRefused(400, 1002);

        // When
        Answer corrected = app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast());

        // Then
        assertThat(corrected.isSuccess().header("Idempotent-Replay")).isNull();
    }

    @Test
    void aRepetitionCountsToo() {
        // Given
        app.change(Map.of("limits", Map.of("message/online/broadcast", 1)));
        app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast()).isSuccess();

        // When
        Answer again = app.postOnce("key 1", Calls.BROADCAST, Calls.broadcast());

        // Then
        again.isRefused(429, 1008);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aKeyHasALength(int chars) {
        // When
        Answer answer = app.postOnce("k".repeat(chars), Calls.BROADCAST, Calls.broadcast());

        // Then
        answer.isRefused(400, chars == 0 ? 1002 : 1005);
        assertThat(records.all(Topic.BROADCAST_COMMAND, app)).isEmpty();
    }
}
