package dev.fanfare.standalone.demo;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.standalone.client.AppClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device of a user, and all that it received. Written by the SDK's threads, read by the demo's. */
final class Device implements AppClient.Listener {

    private final String user;
    private final String name;
    private final Changes changes;
    private final List<ClientMessage> received = new CopyOnWriteArrayList<>();
    private volatile boolean online;
    private volatile String trouble = "no answer";

    Device(String user, String name, Changes changes) {
        this.user = user;
        this.name = name;
        this.changes = changes;
    }

    String user() {
        return user;
    }

    String name() {
        return name;
    }

    boolean online() {
        return online;
    }

    /** Why it is not online. */
    String trouble() {
        return trouble;
    }

    /** The contents with which a message arrived: one if all is well, more if it arrived more than once. */
    List<String> contentsOf(String messageUid) {
        return received.stream()
                .filter(message -> message.messageUID().equals(messageUid))
                .map(ClientMessage::content)
                .toList();
    }

    @Override
    public void connected() {
        online = true;
        changes.tell();
    }

    @Override
    public void disconnected(String reason) {
        online = false;
        trouble = reason;
        changes.tell();
    }

    @Override
    public void ended(String reason) {
        disconnected(reason);
    }

    @Override
    public void received(String channel, ClientMessage message) {
        received.add(message);
        changes.tell();
    }
}
