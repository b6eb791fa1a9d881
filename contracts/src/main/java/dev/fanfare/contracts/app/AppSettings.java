package dev.fanfare.contracts.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the client edge must know of an app: a record of the compacted {@code fanfare.app.settings.v1}, whole at every
 * change. Of two records that with the higher {@code version} holds.
 *
 * @param version rises with every change
 * @param zimAppId the app's AppId on ZIM's API; null without one
 * @param zimServerSecret the app's ServerSecret there, sealed so that only Fanfare's services read it; null without one
 * @param confirmTimeoutMillis how long a session has to confirm a message before its device gets a push; null: the
 *     service's own
 * @param inboxDays how long messages wait in the inbox; null: the service's own
 */
@JsonPropertyOrder({"appKey", "version", "zimAppId", "zimServerSecret", "confirmTimeoutMillis", "inboxDays"})
public record AppSettings(
        String appKey,
        long version,
        String zimAppId,
        String zimServerSecret,
        Long confirmTimeoutMillis,
        Integer inboxDays) {}
