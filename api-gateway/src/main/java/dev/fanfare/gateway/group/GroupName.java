package dev.fanfare.gateway.group;

/** A group and what it is called; the field names are RongCloud's and those of the internal API. */
public record GroupName(String id, String name) {}
