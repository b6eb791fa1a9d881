package dev.fanfare.contracts.user;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A user of an app: a record of the compacted {@code fanfare.user.registered.v1}, whole at every change. Two gateways may
 * write in the other order than they changed the user: of two records that with the higher {@code version} holds. A record
 * without a value says that the user is none any more.
 *
 * @param tags the app's own, up to twenty; null: none
 * @param registeredAt ms since 1970
 * @param version rises with every change of the user
 */
@JsonPropertyOrder({"appKey", "userId", "tags", "registeredAt", "version"})
public record RegisteredUser(String appKey, String userId, List<String> tags, long registeredAt, long version) {}
