package dev.fanfare.broadcast.audience;

import java.util.List;

/**
 * What a record of {@code fanfare.user.registered.v1} says of a user.
 *
 * @param version 0 for one who is removed
 * @param removed the user is none any more
 * @param position of the record in its partition
 */
record UserChange(String appKey, String userId, List<String> tags, long version, boolean removed, long position) {}
