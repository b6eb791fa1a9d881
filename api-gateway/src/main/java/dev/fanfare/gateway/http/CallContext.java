package dev.fanfare.gateway.http;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** Where the work of one call runs. */
public final class CallContext {

    private CallContext() {}

    /**
     * Runs tasks on the request's event loop and on a Vert.x context of the call's own, marked as such: Hibernate Reactive
     * keeps its session there. To be asked on the event loop.
     */
    public static Executor of(Vertx vertx) {
        Context own = VertxContext.getOrCreateDuplicatedContext(vertx);
        VertxContextSafetyToggle.setContextSafe(own, true);
        return task -> own.runOnContext(ignored -> task.run());
    }
}
