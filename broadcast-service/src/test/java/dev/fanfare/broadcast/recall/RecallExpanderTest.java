package dev.fanfare.broadcast.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.Received;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecallExpanderTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final String UID = "5FGT-7VA9-G4DD-4V5P";
    private static final String RECALLED = "5FGT-7VA9-G4DD-0000";
    private static final ClientMessage MESSAGE = new ClientMessage(
            UID,
            ConversationType.SYSTEM,
            "shop",
            "shop",
            "RC:RcCmd",
            """
            {"messageUId":"5FGT-7VA9-G4DD-0000","conversationType":6,"targetId":"shop","sentTime":1795362037001,\
            "isAdmin":true,"isDelete":false,"extra":"why"}""",
            TIME.toEpochMilli(),
            true);

    @ParameterizedTest
    @CsvSource({"KEPT,KEPT", "LIVE,LIVE", "WINDOW,", "NONE,LIVE"})
    void tellsEverybodyWhoMayHaveTheMessage(InApp inApp, String header) {
        // When
        var record = RecallExpander.ofBroadcast(received(null), inApp);

        // Then
        assertThat(record.topic()).isEqualTo(Topic.DELIVERY_STREAM);
        assertThat(record.key()).isEqualTo("app");
        assertThat(record.headers().get("fanfare-recalls")).isEqualTo(RECALLED);
        assertThat(record.headers().get("fanfare-in-app")).isEqualTo(header);
        assertThat(record.value()).isEqualTo(Json.write(MESSAGE));
    }

    @Test
    void tellsTheUserOfAMessageToOne() throws Exception {
        // When
        var record = RecallExpander.ofMessageToUser(received("u1"));

        // Then
        assertThat(record.topic()).isEqualTo(Topic.DELIVERY_DIRECT);
        assertThat(record.key()).isEqualTo("app:u1");
        assertThat(Json.read(record.value(), DirectDelivery.class))
                .isEqualTo(new DirectDelivery(
                        "app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("u1"), MESSAGE, null, RECALLED));
    }

    private static Received<RecallCommand> received(String toUserId) {
        return new Received<>(
                "app",
                "id",
                TIME,
                new RecallCommand(UID, RECALLED, "shop", toUserId, 1_795_362_037_001L, 1, null, "why", true));
    }
}
