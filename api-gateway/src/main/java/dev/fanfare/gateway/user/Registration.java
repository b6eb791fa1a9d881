package dev.fanfare.gateway.user;

import dev.fanfare.contracts.user.RegisteredUser;
import java.util.List;

/**
 * What {@code fanfare.user.registered.v1} shall say of a user.
 *
 * @param removed the user is none any more; the row is there until the topic says so
 * @param registeredAt ms since 1970
 * @param publishedVersion the highest that is known to be in the topic
 */
record Registration(
        UserKey user, boolean removed, List<String> tags, long registeredAt, long version, long publishedVersion) {

    boolean isPublished() {
        return publishedVersion >= version;
    }

    /** Of a user of whom nothing is kept. */
    Registration gone() {
        return new Registration(user, true, List.of(), registeredAt, version, version - 1);
    }

    RegisteredUser toRecord() {
        return new RegisteredUser(user.appKey(), user.userId(), tags.isEmpty() ? null : tags, registeredAt, version);
    }
}
