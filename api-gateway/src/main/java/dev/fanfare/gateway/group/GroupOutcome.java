package dev.fanfare.gateway.group;

/** What became of a change of a group. */
public enum GroupOutcome {
    DONE,
    /** It would get more members than it may have; nothing was changed. */
    FULL,
    /** There is no such group; nothing was changed. */
    NO_SUCH_GROUP
}
