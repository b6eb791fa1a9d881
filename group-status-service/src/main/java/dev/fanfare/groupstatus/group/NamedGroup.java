package dev.fanfare.groupstatus.group;

/**
 * A group as its members see it.
 *
 * @param name null where none was given
 */
public record NamedGroup(String id, String name) {}
