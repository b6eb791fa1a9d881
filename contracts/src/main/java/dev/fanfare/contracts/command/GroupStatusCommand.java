package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.message.GroupMessageUid;
import java.util.List;

/**
 * "Send this to the members of these groups who are online now": a record of {@code fanfare.group-status.command.v1},
 * with the field names of RongCloud's {@code /statusmessage/group/publish.json}.
 *
 * @param toGroupId one to three groups
 * @param isIncludeSender 1: the sender's own sessions get it too, when online; else they do not
 * @param zim the message, if it is one of ZIM's API: then {@code objectName} and {@code content} are absent
 * @param messageUIDs one per group, given by the writer; absent, they are derived from {@code ce_id}
 */
@JsonPropertyOrder({"messageUIDs", "fromUserId", "toGroupId", "objectName", "content", "isIncludeSender"})
public record GroupStatusCommand(
        List<GroupMessageUid> messageUIDs,
        String fromUserId,
        List<String> toGroupId,
        String objectName,
        String content,
        Integer isIncludeSender,
        ZimContent zim) {

    /** One of RongCloud's API. */
    public GroupStatusCommand(
            List<GroupMessageUid> messageUIDs,
            String fromUserId,
            List<String> toGroupId,
            String objectName,
            String content,
            Integer isIncludeSender) {
        this(messageUIDs, fromUserId, toGroupId, objectName, content, isIncludeSender, null);
    }

    public boolean includesSender() {
        return isIncludeSender != null && isIncludeSender == 1;
    }
}
