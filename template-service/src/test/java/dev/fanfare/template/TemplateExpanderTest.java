package dev.fanfare.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.delivery.ZimMessage;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateExpanderTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void rendersTheExampleOfTheDocuments() {
        // Given
        String command =
                """
                {"fromUserId":"fromuser","objectName":"RC:TxtMsg",
                 "content":"{\\"content\\":\\"{c}{d}{e}\\",\\"extra\\":\\"bb\\"}",
                 "toUserId":["21","22"],
                 "values":[{"{c}":"1","{d}":"2","{e}":"3"},{"{c}":"4","{d}":"5","{e}":"6"}],
                 "pushContent":["push{c}","push{c}"],"pushData":["pushd","pushd{e}"],
                 "messageUIDs":[{"userId":"21","messageUID":"5FGT-7VA9-G4DD-4V5P"},
                                {"userId":"22","messageUID":"5FGT-7VA9-G4DD-4V5Q"}]}""";

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries)
                .containsExactly(
                        delivery("21", "5FGT-7VA9-G4DD-4V5P", "123", "push1", "pushd"),
                        delivery("22", "5FGT-7VA9-G4DD-4V5Q", "456", "push4", "pushd6"));
    }

    @Test
    void greetsEverybodyByName() {
        // Given
        String command = command(
                """
                "toUserId":["21","22","23"],"content":"{\\"content\\":\\"{c}{d}\\"}",
                "values":[{"{c}":"Tom","{d}":":2"},{"{c}":"Jerry","{d}":":5"},{"{c}":"Rose","{d}":":10"}],
                "pushContent":["hello {c}","hello {c}","hello {c}"]""");

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries)
                .extracting(delivery -> delivery.message().content())
                .containsExactly("{\"content\":\"Tom:2\"}", "{\"content\":\"Jerry:5\"}", "{\"content\":\"Rose:10\"}");
        assertThat(deliveries)
                .extracting(delivery -> delivery.push().content())
                .containsExactly("hello Tom", "hello Jerry", "hello Rose");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                // a quote in a name cannot break the message, where the content is JSON
                "{\\\"content\\\":\\\"hi {c}\\\"} | {\"{c}\":\"\\\"Ann\\\"\"}          | {\"content\":\"hi \\\"Ann\\\"\"}",
                "hi {c}                           | {\"{c}\":\"\\\"Ann\\\"\"}          | hi \"Ann\"",
                "hi {c} {unknown}                 | {\"{c}\":\"Ann\"}                  | hi Ann {unknown}",
                // a value is not scanned again
                "hi {c} {d}                       | {\"{c}\":\"{d}\",\"{d}\":\"{c}\"}  | hi {d} {c}",
                "hi {c}!                          | {\"{c}\":\"\"}                     | hi !",
                "hi {c}                           | {\"{c}\":null}                     | hi {c}",
                "hi {c}                           | {}                                 | hi {c}",
                "hi {c}                           | null                               | hi {c}"
            })
    void rendersByTheRulesOfPlaceholders(String content, String values, String expected) {
        // Given
        String command = command("\"toUserId\":[\"21\"],\"content\":\"%s\",\"values\":[%s]".formatted(content, values));

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries.get(0).message().content()).isEqualTo(expected);
    }

    @Test
    void takesListsThatAreShorterOrHaveHoles() {
        // Given
        String command = command(
                """
                "toUserId":["1","2","3"],"content":"hi {c}","values":[{"{c}":"A"},null],
                "pushContent":[null,"push {c}"],"pushData":[]""");

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries)
                .extracting(delivery -> delivery.message().content())
                .containsExactly("hi A", "hi {c}", "hi {c}");
        assertThat(deliveries)
                .extracting(DirectDelivery::push)
                .containsExactly(
                        new PushNotification(null, null, null, null, null),
                        new PushNotification(null, "push {c}", null, null, null),
                        new PushNotification(null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "null, true"})
    void hasNoPushWhenThatIsDisabled(String disablePush, boolean push) {
        // Given
        String command = command(
                """
                "toUserId":["1"],"content":"hi","pushContent":["hi"],"pushExt":"{}","contentAvailable":1,
                "disablePush":%s"""
                        .formatted(disablePush));

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        PushNotification expected = push ? new PushNotification(null, "hi", null, "{}", 1) : null;
        assertThat(deliveries.get(0).push()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'\"Fruit shop\"', Fruit shop", "'\"\"',", "'\" \"',", "null,"})
    void theSendersNameIsThePushsTitle(String name, String title) {
        // Given
        String command = command("\"toUserId\":[\"1\"],\"content\":\"hi\",\"fromUserName\":" + name);

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries.get(0).push().title()).isEqualTo(title);
    }

    @Test
    void passesOnWhatOnlyTheClientActsOn() {
        // Given
        String command = command("\"toUserId\":[\"1\"],\"content\":\"hi\",\"disableUpdateLastMsg\":true");

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        assertThat(deliveries.get(0).message().disableUpdateLastMsg()).isTrue();
    }

    @Test
    void derivesIdsThatAreDistinctAndStayTheSame() {
        // Given
        String command = command("\"toUserId\":[\"1\",\"2\",\"1\"],\"content\":\"hi\"");

        // When
        List<String> ids = expand(command).stream()
                .map(delivery -> delivery.message().messageUID())
                .toList();

        // Then
        assertThat(ids).doesNotHaveDuplicates().allMatch(MessageUid::isValid);
        assertThat(expand(command))
                .extracting(delivery -> delivery.message().messageUID())
                .isEqualTo(ids);
    }

    @Test
    void aMessageOfZimsApiIsInTheConversationWithItsSender() {
        // Given
        String command =
                """
                {"fromUserId":"u1","toUserId":["21"],"zim":{"messageType":200,"subMsgType":7,"message":"{c}","extendedData":"x"},
                 "pushContent":["{c}"],"messageUIDs":[{"userId":"21","messageUID":"5FGT-7VA9-G4DD-4V5P"}]}""";

        // When
        List<DirectDelivery> deliveries = expand(command);

        // Then
        String uid = "5FGT-7VA9-G4DD-4V5P";
        var content = new ZimContent(200, 7, "{c}", "x");
        var message = new ClientMessage(
                uid,
                ConversationType.PRIVATE,
                "u1",
                "u1",
                "ZIM:200",
                "{c}",
                TIME.toEpochMilli(),
                null,
                ZimMessage.of(content, uid, "u1", "u1", ZimMessage.TO_USER, TIME.toEpochMilli()));
        var push = new PushNotification(null, "{c}", null, null, null);
        assertThat(deliveries)
                .containsExactly(
                        new DirectDelivery("app", DeliveryPolicy.ONLINE_ELSE_PUSH, List.of("21"), message, push));
    }

    private static String command(String rest) {
        return "{\"fromUserId\":\"fromuser\",\"objectName\":\"RC:TxtMsg\"," + rest + "}";
    }

    private static List<DirectDelivery> expand(String json) {
        try {
            TemplateCommand command = Json.read(json.getBytes(StandardCharsets.UTF_8), TemplateCommand.class);
            return TemplateExpander.expand(new Received<>("app", "id", TIME, command));
        } catch (Json.MalformedJsonException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static DirectDelivery delivery(String user, String uid, String text, String push, String data) {
        var message = new ClientMessage(
                uid,
                ConversationType.SYSTEM,
                "fromuser",
                "fromuser",
                "RC:TxtMsg",
                "{\"content\":\"" + text + "\",\"extra\":\"bb\"}",
                TIME.toEpochMilli(),
                null);
        return new DirectDelivery(
                "app",
                DeliveryPolicy.ONLINE_ELSE_PUSH,
                List.of(user),
                message,
                new PushNotification(null, push, data, null, null));
    }
}
