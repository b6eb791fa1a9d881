package dev.fanfare.broadcast.audience;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RejectedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a batch of records of {@code fanfare.user.registered.v1} says, each user once. A record without a value removes its
 * user; of others the one with the higher version holds. Pure.
 *
 * @param removed users who come again in the same batch: whatever version they had does not count any more
 * @param changes of each user the one that holds at the end of the batch
 * @param rejected records that say nothing about anybody
 */
record UserRecords(List<UserChange> removed, List<UserChange> changes, List<OutRecord> rejected) {

    private static final char SEPARATOR = ':';

    private record User(String appKey, String userId) {}

    static UserRecords of(Iterable<ConsumerRecord<String, byte[]>> records) {
        Map<User, UserChange> removed = new LinkedHashMap<>();
        Map<User, UserChange> changes = new LinkedHashMap<>();
        List<OutRecord> rejected = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                UserChange change = record.value() == null ? removal(record) : registration(record);
                User user = new User(change.appKey(), change.userId());
                UserChange before = changes.get(user);
                if (before != null && before.removed()) {
                    removed.put(user, before);
                }
                changes.put(user, before == null ? change : later(before, change));
            } catch (MalformedJsonException e) {
                rejected.add(RejectedRecord.of(Topic.USER_REGISTERED, record, "MALFORMED", e.getMessage()));
            } catch (UnusableException e) {
                rejected.add(RejectedRecord.of(Topic.USER_REGISTERED, record, "INVALID", e.getMessage()));
            }
        }
        return new UserRecords(List.copyOf(removed.values()), List.copyOf(changes.values()), rejected);
    }

    private static UserChange later(UserChange before, UserChange next) {
        boolean holds = next.removed() || before.removed() || next.version() >= before.version();
        UserChange winner = holds ? next : before;
        return new UserChange(
                winner.appKey(), winner.userId(), winner.tags(), winner.version(), winner.removed(), next.position());
    }

    private static UserChange registration(ConsumerRecord<String, byte[]> record)
            throws MalformedJsonException, UnusableException {
        RegisteredUser user = Json.read(record.value(), RegisteredUser.class);
        List<String> tags = user.tags() == null ? List.of() : user.tags();
        check(user.appKey(), user.userId(), tags);
        if (!RecordKey.ofUser(user.appKey(), user.userId()).equals(record.key())) {
            throw new UnusableException("the key is not that of the user");
        }
        return new UserChange(user.appKey(), user.userId(), tags, user.version(), false, record.offset());
    }

    /** App keys have no colon. */
    private static UserChange removal(ConsumerRecord<String, byte[]> record) throws UnusableException {
        int end = record.key() == null ? -1 : record.key().indexOf(SEPARATOR);
        if (end < 0) {
            throw new UnusableException("the key is not that of a user");
        }
        String appKey = record.key().substring(0, end);
        String userId = record.key().substring(end + 1);
        check(appKey, userId, List.of());
        return new UserChange(appKey, userId, List.of(), 0, true, record.offset());
    }

    private static void check(String appKey, String userId, List<String> tags) throws UnusableException {
        List<Violation> found = new ArrayList<>();
        CommandRules.checkId(found, "appKey", appKey);
        CommandRules.checkId(found, "userId", userId);
        CommandRules.checkTags(found, "tags", tags);
        if (!found.isEmpty()) {
            throw new UnusableException(found.stream().map(Violation::text).collect(Collectors.joining("; ")));
        }
    }

    private static final class UnusableException extends Exception {
        UnusableException(String message) {
            super(message);
        }
    }
}
