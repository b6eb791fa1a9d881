package dev.fanfare.contracts.message;

/** Which of the functions a message id belongs to. The codes are on disk and on the wire: never renumber. */
public enum MessageKind {
    BROADCAST(1),
    GROUP_STATUS(2),
    SYSTEM(3),
    ALL_USERS(4),
    RECALL(5);

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
