package dev.fanfare.gateway.rongcloud.group;

import dev.fanfare.gateway.group.GroupOutcome;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.RongCloudError;

/** What callers are told about groups. */
final class GroupAnswers {

    private static final String NO_SUCH_GROUP = "There is no such group.";

    private GroupAnswers() {}

    static Answer of(GroupOutcome outcome) {
        if (outcome instanceof GroupOutcome.Invalid invalid) {
            return Answer.refused(RongCloudError.PARAMETER, invalid.text());
        }
        if (outcome instanceof GroupOutcome.Full) {
            return Answer.refused(RongCloudError.GROUP_FULL);
        }
        return outcome instanceof GroupOutcome.NoSuchGroup ? noSuchGroup() : Answer.success();
    }

    static Answer noSuchGroup() {
        return Answer.refused(RongCloudError.PARAMETER, NO_SUCH_GROUP);
    }
}
