package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A provider that answers what a test wants, for each app on its own, and accepts when nothing is left. Its credential is
 * a {@code key} that is not {@code wrong}.
 */
public abstract class ScriptedProvider implements PushProvider {

    private final Map<String, ConcurrentLinkedQueue<Function<Push, Uni<PushResult>>>> answers =
            new ConcurrentHashMap<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();

    /** @param key of the credential with which it was sent */
    public record Sent(String app, String user, String device, String uid, String body, String key, long nanos) {}

    public void willAnswer(String app, PushResult answer) {
        willAnswer(app, push -> Uni.createFrom().item(answer));
    }

    public void willAnswer(String app, Function<Push, Uni<PushResult>> answer) {
        answers.computeIfAbsent(app, any -> new ConcurrentLinkedQueue<>()).add(answer);
    }

    /** What was not answered yet is accepted. */
    public void willAccept(String app) {
        answers.remove(app);
    }

    public List<Sent> sentTo(String app) {
        return sent.stream().filter(push -> push.app.equals(app)).toList();
    }

    /** The keys of the credentials whose senders were closed. */
    public List<String> closed() {
        return List.copyOf(closed);
    }

    @Override
    public PushSender open(Map<String, Secret> settings) throws InvalidCredentialException {
        Secret key = settings.get("key");
        if (key == null || key.matches("wrong")) {
            throw new InvalidCredentialException("the setting key must be a key that is not wrong");
        }
        return new PushSender() {
            @Override
            public Uni<PushResult> send(Push push) {
                String app = push.device().appKey();
                sent.add(new Sent(
                        app,
                        push.device().userId(),
                        push.device().deviceId(),
                        push.message().messageUID(),
                        push.body(),
                        key.reveal(),
                        System.nanoTime()));
                var script = answers.get(app);
                var answer = script == null ? null : script.poll();
                return answer == null
                        ? Uni.createFrom()
                                .item(new PushResult.Accepted(
                                        "id-of-" + push.message().messageUID()))
                        : answer.apply(push);
            }

            @Override
            public void close() {
                closed.add(key.reveal());
            }
        };
    }

    /** One of two. */
    @Alternative
    @ApplicationScoped
    public static class One extends ScriptedProvider {
        @Override
        public String name() {
            return "one";
        }
    }

    /** The other. */
    @Alternative
    @ApplicationScoped
    public static class Other extends ScriptedProvider {
        @Override
        public String name() {
            return "other";
        }
    }
}
