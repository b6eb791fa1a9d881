package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.user.UserKey;

/** A session of this node and the mailbox under which the others find it. */
final class OwnSession {

    /** Not announced yet. */
    static final int NOWHERE = -1;

    private final SessionInfo info;
    private volatile int mailbox = NOWHERE;

    OwnSession(SessionInfo info) {
        this.info = info;
    }

    SessionInfo info() {
        return info;
    }

    UserKey user() {
        return new UserKey(info.appKey(), info.userId());
    }

    int mailbox() {
        return mailbox;
    }

    void moveTo(int partition) {
        mailbox = partition;
    }
}
