package dev.fanfare.delivery.push;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.device.PushTarget;
import dev.fanfare.delivery.device.PushTargets;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxReader;
import dev.fanfare.delivery.push.credential.CredentialKey;
import dev.fanfare.delivery.push.lane.Lanes;
import dev.fanfare.delivery.push.sent.PushKey;
import dev.fanfare.delivery.push.sent.SentPush;
import dev.fanfare.delivery.push.sent.SentPushes;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.runtime.pipeline.LongPipeline.Work;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.Tracing;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many pushes at once: what must be known of them is asked in a few round trips, then each goes its way. */
@ApplicationScoped
class PushRound {

    private final PushTargets targets;
    private final SentPushes sent;
    private final InboxReader inboxes;
    private final RecalledMessages recalled;
    private final Lanes lanes;
    private final PushAttempt attempt;
    private final Tracing tracing;

    PushRound(
            PushTargets targets,
            SentPushes sent,
            InboxReader inboxes,
            RecalledMessages recalled,
            Lanes lanes,
            PushAttempt attempt,
            Tracing tracing) {
        this.targets = targets;
        this.sent = sent;
        this.inboxes = inboxes;
        this.recalled = recalled;
        this.lanes = lanes;
        this.attempt = attempt;
        this.tracing = tracing;
    }

    /** Fails while PostgreSQL is away; then nothing was begun. What it answers has not begun either. */
    Uni<Work> begin(List<PushTask> toDo) {
        if (toDo.isEmpty()) {
            return Uni.createFrom().item(new Work(List.of(), List.of()));
        }
        List<PushTask> tasks = toDo.stream().map(task -> task.begun(tracing)).toList();
        Set<PushKey> keys = tasks.stream()
                .flatMap(task -> Stream.concat(Stream.of(task.key()), task.replaced().stream()))
                .collect(Collectors.toSet());
        Set<DeviceRef> devices = keys.stream().map(PushKey::device).collect(Collectors.toSet());
        Set<MessageKey> messages = tasks.stream().map(PushTask::message).collect(Collectors.toSet());
        return Uni.combine()
                .all()
                .unis(targets.of(devices), sent.of(keys), confirmed(tasks), recalled.of(messages))
                .asTuple()
                .flatMap(known -> lanes.open(credentialsOf(known.getItem1()))
                        .replaceWith(() ->
                                begin(tasks, known.getItem1(), known.getItem2(), known.getItem3(), known.getItem4())));
    }

    /** Those of which the device has the message by now: it came back while the push waited. */
    private Uni<Set<PushKey>> confirmed(List<PushTask> tasks) {
        List<PushTask> kept =
                tasks.stream().filter(task -> task.job().inbox() != null).toList();
        if (kept.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return inboxes.states(kept.stream().map(task -> task.key().device()).toList())
                .map(states -> {
                    Set<PushKey> confirmed = new HashSet<>();
                    for (int i = 0; i < kept.size(); i++) {
                        if (states.get(i)
                                .hasConfirmed(InboxPosition.of(kept.get(i).job().inbox()))) {
                            confirmed.add(kept.get(i).key());
                        }
                    }
                    return confirmed;
                });
    }

    private Work begin(
            List<PushTask> tasks,
            Collection<PushTarget> found,
            Map<PushKey, SentPush> sent,
            Set<PushKey> confirmed,
            Set<MessageKey> recalled) {
        Map<DeviceRef, PushTarget> byDevice =
                found.stream().collect(Collectors.toMap(PushRound::refOf, Function.identity(), (one, other) -> one));
        List<OutRecord> now = new ArrayList<>();
        List<Uni<List<OutRecord>>> later = new ArrayList<>();
        for (PushTask task : tasks) {
            SentPush before = sent.get(task.key());
            if (before != null) {
                now.add(attempt.known(task, before));
            } else if (confirmed.contains(task.key())) {
                now.add(attempt.dropped(task, "the device has the message by now"));
            } else if (recalled.contains(task.message())) {
                now.add(attempt.dropped(task, "the message was recalled"));
            } else if (task.replaced().filter(key -> !sent.containsKey(key)).isPresent()) {
                now.add(attempt.dropped(task, "the device was not pushed to before the recall"));
            } else {
                attempt.of(task, byDevice.get(task.key().device()), now, later);
            }
        }
        return new Work(now, later);
    }

    private static Set<CredentialKey> credentialsOf(Collection<PushTarget> targets) {
        return targets.stream()
                .map(target -> new CredentialKey(
                        target.device().appKey(), target.device().provider()))
                .collect(Collectors.toSet());
    }

    private static DeviceRef refOf(PushTarget target) {
        return new DeviceRef(
                target.device().appKey(),
                target.device().userId(),
                target.device().deviceId());
    }
}
