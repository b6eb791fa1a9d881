package dev.fanfare.standalone.client;

import dev.fanfare.contracts.Secret;

/** With what a back end signs its calls. */
public record AppCredentials(String appKey, Secret appSecret) {}
