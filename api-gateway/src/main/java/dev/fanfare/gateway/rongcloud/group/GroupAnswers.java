package dev.fanfare.gateway.rongcloud.group;

import dev.fanfare.gateway.group.GroupOutcome;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.RongCloudError;

/** What callers are told about groups. */
final class GroupAnswers {

    private static final String NO_SUCH_GROUP = "There is no such group.";

    private GroupAnswers() {}

    static Answer of(GroupOutcome outcome) {
        return switch (outcome) {
            case DONE -> Answer.success();
            case FULL -> Answer.refused(RongCloudError.GROUP_FULL);
            case NO_SUCH_GROUP -> noSuchGroup();
        };
    }

    static Answer noSuchGroup() {
        return Answer.refused(RongCloudError.PARAMETER, NO_SUCH_GROUP);
    }
}
