package dev.fanfare.runtime.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.GroupState;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when each incoming channel has got its place in its consumer group: partitions, or the group's word that there
 * are none for it, as where a group has more members than its topic has partitions. A service that says yes before reads
 * its first records seconds later. Once a channel has its place this is settled: what the group does later is daily life.
 */
@Readiness
@ApplicationScoped
public class ConsumersReadiness implements AsyncHealthCheck {

    private static final String NAME = "consumers";

    private final KafkaClientService clients;
    private final HealthAdmin admin;
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    ConsumersReadiness(KafkaClientService clients, HealthAdmin admin) {
        this.clients = clients;
        this.admin = admin;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        List<Uni<Boolean>> open = clients.getConsumerChannels().stream()
                .filter(channel -> !settled.contains(channel))
                .map(this::settles)
                .toList();
        return open.isEmpty()
                ? Uni.createFrom().item(HealthCheckResponse.up(NAME))
                : Uni.join().all(open).andFailFast().map(ignored -> judge());
    }

    private HealthCheckResponse judge() {
        Set<String> waiting = new TreeSet<>(clients.getConsumerChannels());
        waiting.removeAll(settled);
        return waiting.isEmpty()
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("not in their group yet", String.join(", ", waiting))
                        .build();
    }

    private Uni<Boolean> settles(String channel) {
        List<Uni<Boolean>> consumers = clients.<Object, Object>getConsumers(channel).stream()
                .map(this::hasItsPlace)
                .toList();
        return Uni.join()
                .all(consumers)
                .andFailFast()
                .map(places -> places.stream().allMatch(place -> place))
                .onFailure()
                .recoverWithItem(false)
                .invoke(all -> {
                    if (all) {
                        settled.add(channel);
                    }
                });
    }

    private record Membership(String memberId, boolean hasPartitions) {}

    private Uni<Boolean> hasItsPlace(KafkaConsumer<Object, Object> consumer) {
        String group = (String) consumer.configuration().get(ConsumerConfig.GROUP_ID_CONFIG);
        return consumer.runOnPollingThread(client -> {
                    return new Membership(
                            client.groupMetadata().memberId(),
                            !client.assignment().isEmpty());
                })
                .flatMap(membership -> membership.hasPartitions
                        ? Uni.createFrom().item(true)
                        : admin.group(group).map(described -> isLeftOut(described, membership.memberId)));
    }

    /** Whether the group has dealt out all partitions and has none for this member. */
    static boolean isLeftOut(ConsumerGroupDescription group, String memberId) {
        return group.groupState() == GroupState.STABLE
                && group.members().stream()
                        .filter(member -> member.consumerId().equals(memberId))
                        .anyMatch(ConsumersReadiness::hasNone);
    }

    private static boolean hasNone(MemberDescription member) {
        return member.targetAssignment()
                .orElse(member.assignment())
                .topicPartitions()
                .isEmpty();
    }
}
