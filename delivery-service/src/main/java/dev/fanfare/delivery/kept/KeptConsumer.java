package dev.fanfare.delivery.kept;

import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.Recall;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.KeptBroadcast;
import dev.fanfare.delivery.window.StreamRecord;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Writes down what of the stream must outlast it: broadcasts that are kept, and what is taken back. One of the nodes does
 * it for each partition; what it has committed is in the tables. A recall counts whatever the order.
 */
@ApplicationScoped
class KeptConsumer {

    /** Its committed offsets say how far the tables go. */
    static final String GROUP = "delivery-kept";

    private final RecordPipeline pipeline;
    private final BroadcastWindow window;
    private final KeptTable table;
    private final RecalledMessages recalled;

    KeptConsumer(RecordPipeline pipeline, BroadcastWindow window, KeptTable table, RecalledMessages recalled) {
        this.pipeline = pipeline;
        this.window = window;
        this.table = table;
        this.recalled = recalled;
    }

    @Incoming("kept")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::keep);
    }

    private Uni<List<OutRecord>> keep(List<ConsumerRecord<String, byte[]>> batch) {
        List<StreamBroadcast> broadcasts = batch.stream()
                .filter(StreamRecord::outlastsTheStream)
                .flatMap(record -> StreamRecord.read(record).stream()
                        .map(broadcast -> new StreamBroadcast(record.partition(), broadcast)))
                .toList();
        List<Recall> recalls = broadcasts.stream()
                .map(StreamBroadcast::broadcast)
                .filter(broadcast -> broadcast.recalls() != null)
                .map(KeptConsumer::recall)
                .toList();
        List<StreamBroadcast> kept =
                broadcasts.stream().filter(read -> read.broadcast().isKept()).toList();
        return recalled.add(recalls)
                .chain(() -> table.remove(recalls.stream().map(Recall::message).toList()))
                .chain(() -> keepThose(kept))
                .replaceWith(List.of());
    }

    /** A message to the users of an audience is in their inboxes, all under the one messageUID. */
    private static Recall recall(Broadcast broadcast) {
        return new Recall(new MessageKey(broadcast.appKey(), broadcast.recalls()), Optional.of(broadcast.data()));
    }

    private Uni<Void> keepThose(List<StreamBroadcast> kept) {
        // Offsets mean something with the topic's epoch only, which is known when this node has begun to read it.
        return kept.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .completionStage(window::begun)
                        .chain(() -> table.add(kept.stream()
                                .map(read -> new KeptBroadcast(window.epoch(read.partition()), read.broadcast()))
                                .toList()));
    }

    private record StreamBroadcast(int partition, Broadcast broadcast) {}
}
