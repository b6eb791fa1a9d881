package dev.fanfare.runtime.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** A check of a neighbour that is well if it answers a question within 2 s. What is asked says the subclass. */
public abstract class AskedCheck implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Supplier<Uni<?>> question;

    /** @param name of the check, and of its metric's tag */
    protected AskedCheck(String name, Supplier<Uni<?>> question) {
        this.name = name;
        this.question = question;
    }

    @Override
    public final Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .deferred(question::get)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answer -> HealthCheckResponse.up(name))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.named(name)
                        .down()
                        .withData("reason", "it does not answer")
                        .build());
    }
}
