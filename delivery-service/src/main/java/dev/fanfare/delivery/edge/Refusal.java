package dev.fanfare.delivery.edge;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why a client may not come in now.
 *
 * @param retryAfterSeconds when it may try again
 */
record Refusal(HttpResponseStatus status, String text, long retryAfterSeconds) {}
