package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.testkit.infra.TestKafka;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are taken back. */
@GatewayTest
class RecallsTest {

    private static final String BROADCAST = "/message/broadcast/recall.json";
    private static final String MESSAGE = "/message/recall.json";
    private static final String UID = "5FGT-7VA9-G4DD-4V5P";
    private static final Form RECALL = Form.of("fromUserId", "2191").and("messageUID", UID);

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
    void aBroadcastIsTakenBack() {
        // When
        app.post(BROADCAST, RECALL).isSuccessWith(Map.of());

        // Then
        RecallCommand command = written();
        assertThat(command)
                .isEqualTo(new RecallCommand(command.messageUID(), UID, "2191", null, null, null, null, null, null));
        assertThat(command.messageUID()).isNotEqualTo(UID);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void aMessageToOneUserIsTakenBack(int conversationType) {
        // When
        app.post(
                        MESSAGE,
                        RECALL.and("conversationType", conversationType)
                                .and("targetId", "u1")
                                .and("sentTime", 1_700_000_000_000L)
                                .and("isAdmin", 1)
                                .and("isDelete", 0)
                                .and("disablePush", true)
                                .and("extra", "why")
                                .and("disableUpdateLastMsg", true))
                .isSuccessWith(Map.of());

        // Then
        RecallCommand command = written();
        assertThat(command)
                .isEqualTo(new RecallCommand(
                        command.messageUID(), UID, "2191", "u1", 1_700_000_000_000L, 1, 0, "why", true));
    }

    @Test
    void twoRecallsOfBroadcastsAnHourAsideFromBroadcasts() {
        // Given
        app.post(Calls.ALL_USERS, Calls.broadcast()).isSuccess();
        app.post(BROADCAST, RECALL).isSuccess();
        app.post(BROADCAST, RECALL).isSuccess();

        // When
        Answer third = app.post(BROADCAST, RECALL);

        // Then
        third.isRefused(429, 1008);
        app.post(MESSAGE, RECALL.and("conversationType", 6).and("targetId", "u1"))
                .isSuccess();
        app.post(Calls.ALL_USERS, Calls.broadcast()).isSuccess();
    }

    private RecallCommand written() {
        var found = records.all(Topic.RECALL_COMMAND, app);
        assertThat(found).hasSize(1);
        RecallCommand command = TestKafka.valueOf(found.get(0), RecallCommand.class);
        return records.onlyCommand(Topic.RECALL_COMMAND, app, command.messageUID(), RecallCommand.class);
    }
}
