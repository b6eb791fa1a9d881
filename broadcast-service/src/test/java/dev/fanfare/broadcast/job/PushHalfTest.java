package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushHalfTest {

    private static final PushNotification NO_TEXT = new PushNotification("Shop", null, "data", null, 0, List.of("iOS"));
    private static final PushNotification SILENT = new PushNotification(null, null, null, null, 1);

    @Test
    void showsTheGivenText() {
        // Given
        var command = Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH);

        // Then
        assertThat(PushHalf.of(command)).isEqualTo(PushHalf.CHUNKS);
        assertThat(PushHalf.push(command)).contains(Commands.PUSH);
    }

    @Test
    void showsTheTextOfTheMessageWhereNoneIsGiven() {
        // Given
        var command = Commands.text(InApp.KEPT, PushTo.OFFLINE, NO_TEXT);

        // Then
        assertThat(PushHalf.push(command))
                .contains(new PushNotification("Shop", "hello", "data", null, 0, List.of("iOS")));
    }

    @Test
    void showsTheTextForTheMentionedBeforeAllOthers() {
        // Given
        var command = message("RC:TxtMsg", "{\"content\":\"hello\",\"mentionedInfo\":{\"mentionedContent\":\"you!\"}}");

        // Then
        assertThat(PushHalf.push(command)).map(PushNotification::content).contains("you!");
    }

    @Test
    void aPushNeedsNoMessage() {
        // Then
        assertThat(PushHalf.of(Commands.pushOnly(Commands.PUSH))).isEqualTo(PushHalf.CHUNKS);
        assertThat(PushHalf.of(Commands.pushOnly(NO_TEXT))).isEqualTo(PushHalf.NOTHING);
    }

    @Test
    void aSilentPushNeedsNoText() {
        // Given
        var command = Commands.zim(PushTo.ALL, SILENT);

        // Then
        assertThat(PushHalf.of(command)).isEqualTo(PushHalf.CHUNKS);
        assertThat(PushHalf.push(command)).contains(SILENT);
    }

    @Test
    void nothingToShowIsNothingToDo() {
        // Then
        assertThat(PushHalf.of(Commands.zim(PushTo.OFFLINE, NO_TEXT))).isEqualTo(PushHalf.NOTHING);
        assertThat(PushHalf.of(message("app:custom", "{}"))).isEqualTo(PushHalf.NOTHING);
        assertThat(PushHalf.of(Commands.text(InApp.KEPT, PushTo.NONE, null))).isEqualTo(PushHalf.NOTHING);
    }

    @Test
    void aStatusIsNeverPushedNotEvenWithAText() {
        // Given
        var command = new AllUsersCommand(
                Commands.UID, "shop", "RC:TypSts", "{}", null, null, InApp.LIVE, PushTo.ALL, Commands.PUSH, null, null);

        // Then
        assertThat(PushHalf.of(command)).isEqualTo(PushHalf.NOTHING);
    }

    @Test
    void someUsersGetWhatIsKeptIntoTheirInboxesWithOrWithoutAPush() {
        // Given
        var audience = Commands.named("u1");

        // Then
        assertThat(PushHalf.of(Commands.to(Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH), audience)))
                .isEqualTo(PushHalf.INBOXES);
        assertThat(PushHalf.of(Commands.to(Commands.text(InApp.KEPT, PushTo.NONE, null), audience)))
                .isEqualTo(PushHalf.INBOXES);
        assertThat(PushHalf.of(Commands.to(Commands.text(InApp.NONE, PushTo.ALL, Commands.PUSH), audience)))
                .isEqualTo(PushHalf.CHUNKS);
    }

    private static AllUsersCommand message(String objectName, String content) {
        return new AllUsersCommand(
                Commands.UID, "shop", objectName, content, null, null, InApp.KEPT, PushTo.OFFLINE, NO_TEXT, null, null);
    }
}
