package dev.fanfare.gateway.group;

import java.util.List;

/**
 * Who is in a group.
 *
 * @param ownerId who it was created for, a member or not; null: nobody in particular
 */
public record GroupMembers(String ownerId, List<String> userIds) {}
