package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.signature.RequestSignature;
import java.util.concurrent.Executor;

/**
 * A call whose caller is known.
 *
 * @param body as it came, or the query where the method has none; empty only where the endpoint takes that
 * @param idempotencyKey header {@code Idempotency-Key}; null without
 * @param eventLoop runs a task on the request's own Vert.x context, as Hibernate Reactive and the response need it
 */
public record Call(App app, RequestSignature signature, byte[] body, String idempotencyKey, Executor eventLoop) {}
