package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** The provider that needs no account: it takes every job, and what it would have pushed shows as an outcome. */
@ApplicationScoped
class LogPushSender implements PushSender {

    private static final Logger LOGGER = Logger.getLogger(LogPushSender.class);

    @Override
    public String provider() {
        return "log";
    }

    @Override
    public Uni<PushResult> send(PushJob job) {
        LOGGER.debugf("would push: messageUid=%s userId=%s", job.message().messageUID(), job.userId());
        return Uni.createFrom().item(new PushResult.Accepted());
    }
}
