package dev.fanfare.gateway.zim.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimProblem;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of a message missing, of the wrong type and one over its limit. */
class MessageRulesTest {

    private static final int PARAMETER = 660000002;
    private static final int TOO_LONG = 660400001;

    /**
     * A good call that was spoiled.
     *
     * @param names part of what the caller is told
     */
    record Bad(String names, int code, Consumer<ObjectNode> spoil) {

        @Override
        public String toString() {
            return names;
        }
    }

    private static final List<Bad> BODIES = List.of(
            new Bad("MessageType", PARAMETER, c -> c.remove("MessageType")),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", "1")),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 1.5)),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 4294967297L)),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 0)),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 2)),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 10)),
            new Bad("MessageType", PARAMETER, c -> c.put("MessageType", 20)),
            new Bad("MessageBody is required", PARAMETER, c -> c.remove("MessageBody")),
            new Bad("MessageBody is required", PARAMETER, c -> c.putNull("MessageBody")),
            new Bad("MessageBody must be an object", PARAMETER, c -> c.put("MessageBody", "hello")),
            new Bad("MessageBody.Message", PARAMETER, c -> body(c).remove("Message")),
            new Bad("MessageBody.Message", PARAMETER, c -> body(c).put("Message", "")),
            new Bad("MessageBody.Message", PARAMETER, c -> body(c).put("Message", 7)),
            new Bad("MessageBody.Message", PARAMETER, c -> body(c).putObject("Message")),
            new Bad("surrogate", PARAMETER, c -> body(c).put("Message", "\ud83d")),
            new Bad("MessageBody.Message", TOO_LONG, c -> body(c).put("Message", "x".repeat(2049))),
            new Bad("MessageBody.ExtendedData", TOO_LONG, c -> body(c).put("ExtendedData", "x".repeat(1025))),
            new Bad("MessageBody.ExtendedData", PARAMETER, c -> body(c).put("ExtendedData", 1)),
            new Bad("MessageBody.HasReceipt", PARAMETER, c -> body(c).put("HasReceipt", 2)),
            new Bad("MessageBody.HasReceipt", PARAMETER, c -> body(c).put("HasReceipt", true)),
            new Bad("SubMsgType is required", PARAMETER, c -> c.put("MessageType", 200)),
            new Bad("SubMsgType", PARAMETER, c -> c.put("MessageType", 200).put("SubMsgType", -1)),
            new Bad("SubMsgType", PARAMETER, c -> c.put("MessageType", 200).put("SubMsgType", 201)),
            new Bad("SubMsgType", PARAMETER, c -> c.put("MessageType", 200).put("SubMsgType", "7")),
            new Bad("MessageBody.OfflinePush", PARAMETER, c -> body(c).put("OfflinePush", 1)),
            new Bad("OfflinePush.Enable", PARAMETER, c -> push(c).put("Enable", 2)),
            new Bad("OfflinePush.Enable", PARAMETER, c -> push(c).put("Enable", true)),
            new Bad("OfflinePush.Title", PARAMETER, c -> push(c).put("Title", 1)),
            new Bad("OfflinePush.Content", PARAMETER, c -> push(c).put("Content", 1)),
            new Bad("OfflinePush.Payload", PARAMETER, c -> push(c).putObject("Payload")),
            new Bad("OfflinePush.PushStrategyId", PARAMETER, c -> push(c).put("PushStrategyId", 1)),
            new Bad("OfflinePush.PushStrategyId", PARAMETER, c -> push(c).put("PushStrategyId", "x".repeat(33))),
            new Bad("OfflinePush.ThreadId", PARAMETER, c -> push(c).put("ThreadId", 1)),
            new Bad("OfflinePush.EnableBadge", PARAMETER, c -> push(c).put("EnableBadge", 1)),
            new Bad("OfflinePush.BadgeIncrement", PARAMETER, c -> push(c).put("BadgeIncrement", -1)),
            new Bad("OfflinePush.BadgeIncrement", PARAMETER, c -> push(c).put("BadgeIncrement", "1")),
            new Bad("OfflinePush.PushImageInfo", PARAMETER, c -> push(c).put("PushImageInfo", "x")),
            new Bad("PushImageInfo.Apns.Image", PARAMETER, c -> push(c).putObject("PushImageInfo")
                    .putObject("Apns")
                    .put("Image", 1)),
            new Bad("PushImageInfo.Android.FCM.Icon", PARAMETER, c -> push(c).putObject("PushImageInfo")
                    .putObject("Android")
                    .putObject("FCM")
                    .put("Icon", 1)),
            new Bad("PushImageInfo.Android.HuaWei", PARAMETER, c -> push(c).putObject("PushImageInfo")
                    .putObject("Android")
                    .putArray("HuaWei")),
            new Bad("PrivateMessageTemplate.TemplateId", PARAMETER, c -> push(c).putObject("PrivateMessageTemplate")
                    .put("TemplateId", 1)),
            new Bad("PrivateMessageTemplate.TitleParameters", PARAMETER, c -> push(c).putObject(
                            "PrivateMessageTemplate")
                    .putObject("TitleParameters")));

    private static final List<Bad> IMAGES = List.of(
            new Bad("Uid", PARAMETER, m -> m.remove("Uid")),
            new Bad("Uid", PARAMETER, m -> m.put("Uid", "")),
            new Bad("Uid", PARAMETER, m -> m.put("Uid", 343649807833778782L)),
            new Bad("FileName", PARAMETER, m -> m.remove("FileName")),
            new Bad("FileName", PARAMETER, m -> m.put("FileName", "x".repeat(151))),
            new Bad("Size", PARAMETER, m -> m.put("Size", "1024")),
            new Bad("Size", PARAMETER, m -> m.put("Size", -1)),
            new Bad("Origin is required", PARAMETER, m -> m.remove("Origin")),
            new Bad("Origin must be", PARAMETER, m -> m.put("Origin", "https:xxx")),
            new Bad("Origin.Url", PARAMETER, m -> object(m, "Origin").remove("Url")),
            new Bad("Origin.Url", PARAMETER, m -> object(m, "Origin").put("Url", "x".repeat(501))),
            new Bad("Origin.Width", PARAMETER, m -> object(m, "Origin").remove("Width")),
            new Bad("Origin.Height", PARAMETER, m -> object(m, "Origin").put("Height", "200")),
            new Bad("LargeImage.Url", PARAMETER, m -> object(m, "LargeImage").put("Url", "x".repeat(501))),
            new Bad("LargeImage.Width", PARAMETER, m -> object(m, "LargeImage").put("Width", -1)),
            new Bad("Thumbnail.Height", PARAMETER, m -> object(m, "Thumbnail").put("Height", 1.5)));

    private static final List<Bad> VIDEOS = List.of(
            new Bad("Url", PARAMETER, m -> m.remove("Url")),
            new Bad("Url", PARAMETER, m -> m.put("Url", "x".repeat(501))),
            new Bad("MediaDuration", PARAMETER, m -> m.put("MediaDuration", "30")),
            new Bad("MediaDuration", PARAMETER, m -> m.put("MediaDuration", -1)),
            new Bad("Thumbnail.Url", PARAMETER, m -> object(m, "Thumbnail").remove("Url")),
            new Bad("Thumbnail.Width", PARAMETER, m -> object(m, "Thumbnail").put("Width", 0)),
            new Bad("Thumbnail.Height", PARAMETER, m -> object(m, "Thumbnail").remove("Height")));

    @ParameterizedTest
    @FieldSource("BODIES")
    void aBadBodyIsRefused(Bad bad) {
        // Given
        ObjectNode call = Messages.text("u1", "hello");
        bad.spoil().accept(call);

        // When
        ZimProblem problem = problemOf(call);

        // Then
        assertThat(problem.error().code()).isEqualTo(bad.code());
        assertThat(problem.text()).contains(bad.names());
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void aBadImageIsRefused(Bad bad) {
        isRefused(MediaContent.IMAGE, bad);
    }

    @ParameterizedTest
    @FieldSource("VIDEOS")
    void aBadVideoIsRefused(Bad bad) {
        isRefused(MediaContent.VIDEO, bad);
    }

    private static void isRefused(int type, Bad bad) {
        // Given
        ObjectNode media = Messages.media(type);
        bad.spoil().accept(media);

        // When
        ZimProblem problem = problemOf(call(type, media.toString()));

        // Then
        assertThat(problem.error().code()).isEqualTo(bad.code());
        assertThat(problem.text()).startsWith("MessageBody.Message: ").contains(bad.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "[]", "1", "{", "{} {}"})
    void aMediaMessageMustHoldAnObject(String message) {
        // When
        ZimProblem problem = problemOf(call(MediaContent.FILE, message));

        // Then
        assertThat(problem.error().code()).isEqualTo(PARAMETER);
        assertThat(problem.text()).contains("holds a JSON object");
    }

    @Test
    void whatTheLimitsAllowIsTaken() {
        // Given
        ObjectNode call = Messages.text("u1", "x".repeat(2048));
        body(call).put("ExtendedData", "x".repeat(1024)).put("HasReceipt", 1);
        push(call).put("PushStrategyId", "x".repeat(32)).put("BadgeIncrement", Long.MAX_VALUE);
        ObjectNode image = Messages.media(MediaContent.IMAGE).put("FileName", "x".repeat(150));
        object(image, "Origin").put("Url", "x".repeat(500)).put("Width", 0);
        image.remove("LargeImage");
        image.remove("Size");
        object(image, "Thumbnail").remove("Url");
        ObjectNode video = Messages.media(MediaContent.VIDEO);
        video.remove("Thumbnail");
        video.remove("MediaDuration");

        // Then
        isTaken(call);
        isTaken(call(MediaContent.IMAGE, image.toString()));
        isTaken(call(MediaContent.VIDEO, video.toString()));
        isTaken(Messages.text("u1", "x").put("SubMsgType", 999));
        isTaken(Messages.text("u1", "x").put("MessageType", 1.0));
    }

    private static void isTaken(ObjectNode call) {
        // When
        ZimFields fields = ZimFields.of(call);
        ZimMessageBody.read(fields, 2048);

        // Then
        assertThat(fields.problem()).isEmpty();
    }

    private static ZimProblem problemOf(ObjectNode call) {
        ZimFields fields = ZimFields.of(call);
        ZimMessageBody.read(fields, 2048);
        return fields.problem().orElseThrow(() -> new AssertionError("was taken: " + call));
    }

    private static ObjectNode call(int type, String message) {
        return Messages.text("u1", message).put("MessageType", type);
    }

    private static ObjectNode body(ObjectNode call) {
        return object(call, "MessageBody");
    }

    private static ObjectNode push(ObjectNode call) {
        return body(call).withObject("/OfflinePush");
    }

    private static ObjectNode object(ObjectNode node, String field) {
        return (ObjectNode) node.path(field);
    }
}
