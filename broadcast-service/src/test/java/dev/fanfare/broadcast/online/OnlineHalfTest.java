package dev.fanfare.broadcast.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class OnlineHalfTest {

    private static final long TIME = 1_795_362_037_001L;

    @Test
    void isTheBytesThatClientsOfRongCloudGet() {
        // When
        var record = OnlineHalf.of("app", Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH), TIME);

        // Then
        assertThat(record).hasValueSatisfying(half -> {
            assertThat(half.topic()).isEqualTo(Topic.DELIVERY_STREAM);
            assertThat(half.key()).isEqualTo("app");
            assertThat(half.headers()).isEqualTo(Map.of("fanfare-in-app", "KEPT"));
            assertThat(half.value())
                    .asString()
                    .isEqualTo(
                            """
                    {"messageUID":"5FGT-7VA9-G4DD-4V5P","conversationType":"SYSTEM","targetId":"shop",\
                    "fromUserId":"shop","objectName":"RC:TxtMsg","content":"{\\"content\\":\\"hello\\"}",\
                    "sentTime":1795362037001}""");
        });
    }

    @Test
    void isTheBytesThatClientsOfZimGet() {
        // When
        var record = OnlineHalf.of("app", Commands.zim(PushTo.NONE, null), TIME);

        // Then
        assertThat(record).hasValueSatisfying(half -> {
            assertThat(half.headers()).isEqualTo(Map.of("fanfare-in-app", "LIVE"));
            assertThat(half.value())
                    .asString()
                    .isEqualTo(
                            """
                    {"messageID":"5FGT-7VA9-G4DD-4V5P","type":1,"senderUserID":"shop","conversationID":"",\
                    "conversationType":-1,"timestamp":1795362037001,"isBroadcastMessage":true,"isServerMessage":true,\
                    "message":"hello"}""");
        });
    }

    @Test
    void theWindowNeedsNoHeader() {
        // When
        var record = OnlineHalf.of("app", Commands.text(InApp.WINDOW, PushTo.NONE, null), TIME);

        // Then
        assertThat(record).hasValueSatisfying(half -> assertThat(half.headers()).isEmpty());
    }

    @Test
    void thereIsNoneOfWhatIsOnlyPushed() {
        // When
        var record = OnlineHalf.of("app", Commands.pushOnly(Commands.PUSH), TIME);

        // Then
        assertThat(record).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LIVE", "WINDOW"})
    void thereIsNoneForSomeOfTheUsers(InApp inApp) {
        // Given
        var command = Commands.to(Commands.text(inApp, PushTo.ALL, Commands.PUSH), Commands.named("u1"));

        // When
        var record = OnlineHalf.of("app", command, TIME);

        // Then
        assertThat(record).isEmpty();
    }
}
