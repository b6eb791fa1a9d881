package dev.fanfare.delivery.push.credential;

import dev.fanfare.delivery.push.PushProvider;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The push providers that this service knows, by their names. */
@ApplicationScoped
public class Providers {

    private final Map<String, PushProvider> byName;

    Providers(@All List<PushProvider> providers) {
        this.byName = providers.stream().collect(Collectors.toUnmodifiableMap(PushProvider::name, Function.identity()));
    }

    public Optional<PushProvider> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }
}
