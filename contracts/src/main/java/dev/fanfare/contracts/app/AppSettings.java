package dev.fanfare.contracts.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * What the client edge must know of an app: a record of the compacted {@code fanfare.app.settings.v1}, whole at every
 * change. Of two records that with the higher {@code version} holds.
 *
 * @param version rises with every change
 * @param zimAppId the app's AppId on ZIM's API; null without one
 * @param zimServerSecrets the app's ServerSecrets there, sealed so that only Fanfare's services read them: the present
 *     one, and while it is being changed the one before it, which is good too; null without one
 * @param confirmTimeoutMillis how long a session has to confirm a message before its device gets a push; null: the
 *     service's own
 * @param inboxDays how long messages wait in the inbox; null: the service's own
 */
@JsonPropertyOrder({"appKey", "version", "zimAppId", "zimServerSecrets", "confirmTimeoutMillis", "inboxDays"})
public record AppSettings(
        String appKey,
        long version,
        String zimAppId,
        List<String> zimServerSecrets,
        Long confirmTimeoutMillis,
        Integer inboxDays) {}
