package dev.fanfare.groupstatus.group;

/** What became of a change of groups or members. It is done whole or not at all. */
public sealed interface ChangeOutcome {

    /** It is done. */
    record Done() implements ChangeOutcome {}

    /** A group would have more members than it may have. */
    record Full(String groupId, int maxMember) implements ChangeOutcome {}

    /** There is no such group. */
    record NoSuchGroup(String groupId) implements ChangeOutcome {}
}
