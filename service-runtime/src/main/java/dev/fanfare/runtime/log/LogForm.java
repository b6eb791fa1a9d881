package dev.fanfare.runtime.log;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Gives the console's log the form that is configured, before the service says anything. */
@ApplicationScoped
class LogForm {

    void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event, LogConfig config) {
        if (config.json()) {
            setJson(LogContext.getLogContext().getLogger("").getHandlers());
        }
    }

    /** Quarkus's own handler has the console's inside. */
    private static void setJson(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler instanceof ConsoleHandler console) {
                console.setFormatter(new JsonLines());
            } else if (handler instanceof ExtHandler outer) {
                setJson(outer.getHandlers());
            }
        }
    }
}
