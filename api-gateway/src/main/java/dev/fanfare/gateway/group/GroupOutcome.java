package dev.fanfare.gateway.group;

/** What became of a change of a group. It was done whole or not at all. */
public sealed interface GroupOutcome {

    /** As asked. */
    record Done() implements GroupOutcome {}

    /** It would get more members than it may have. */
    record Full() implements GroupOutcome {}

    /** There is no such group. */
    record NoSuchGroup() implements GroupOutcome {}

    /** @param text what is wrong with the call by the rules of the groups' own service, for the caller */
    record Invalid(String text) implements GroupOutcome {}
}
