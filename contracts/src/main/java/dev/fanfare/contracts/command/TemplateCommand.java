package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.message.UserMessageUid;
import java.util.List;
import java.util.Map;

/**
 * "Send each of these users the message, with their own values in its placeholders": a record of
 * {@code fanfare.template.command.v1}, with the field names of RongCloud's
 * {@code /message/system/publish_template.json}. Without {@code values} every user gets the same text, which is what
 * {@code /message/system/publish.json} asks for.
 *
 * @param fromUserName the sender as a push shows them, its title; null: a push has none, unless {@code pushExt} gives it
 * @param toUserId one to a hundred users; the lists below pair with it by index, and may be shorter or hold nulls
 * @param values per user: placeholder, braces included, to its replacement
 * @param pushContent per user: text of the push notification, placeholders allowed
 * @param pushData per user: data of the push notification, placeholders allowed
 * @param pushExt how push providers show it, RongCloud's JSON string, the same for all
 * @param contentAvailable 1: silent push on iOS
 * @param disablePush true: never a push
 * @param zim the message, if it is one of ZIM's API: then {@code objectName}, {@code content} and {@code values} are absent
 * @param messageUIDs per user and in the order of {@code toUserId}, given by the writer; absent, they are derived from
 *     {@code ce_id}
 */
@JsonPropertyOrder({"messageUIDs", "fromUserId", "fromUserName", "toUserId", "objectName", "values", "content"})
public record TemplateCommand(
        List<UserMessageUid> messageUIDs,
        String fromUserId,
        String fromUserName,
        List<String> toUserId,
        String objectName,
        List<Map<String, String>> values,
        String content,
        List<String> pushContent,
        List<String> pushData,
        String pushExt,
        Integer contentAvailable,
        Boolean disablePush,
        Boolean disableUpdateLastMsg,
        ZimContent zim) {

    /** One of RongCloud's API. */
    public TemplateCommand(
            List<UserMessageUid> messageUIDs,
            String fromUserId,
            String fromUserName,
            List<String> toUserId,
            String objectName,
            List<Map<String, String>> values,
            String content,
            List<String> pushContent,
            List<String> pushData,
            String pushExt,
            Integer contentAvailable,
            Boolean disablePush,
            Boolean disableUpdateLastMsg) {
        this(
                messageUIDs,
                fromUserId,
                fromUserName,
                toUserId,
                objectName,
                values,
                content,
                pushContent,
                pushData,
                pushExt,
                contentAvailable,
                disablePush,
                disableUpdateLastMsg,
                null);
    }

    /** The values of the user at {@code index}; empty where none were given. */
    public Map<String, String> valuesOf(int index) {
        Map<String, String> given = at(values, index);
        return given == null ? Map.of() : given;
    }

    /** The push text of the user at {@code index} before rendering; null where none was given. */
    public String pushContentOf(int index) {
        return at(pushContent, index);
    }

    /** The push data of the user at {@code index} before rendering; null where none was given. */
    public String pushDataOf(int index) {
        return at(pushData, index);
    }

    /** The same command of a sender with this name. */
    public TemplateCommand from(String name) {
        return new TemplateCommand(
                messageUIDs,
                fromUserId,
                name,
                toUserId,
                objectName,
                values,
                content,
                pushContent,
                pushData,
                pushExt,
                contentAvailable,
                disablePush,
                disableUpdateLastMsg,
                zim);
    }

    private static <T> T at(List<T> list, int index) {
        return list == null || index >= list.size() ? null : list.get(index);
    }
}
