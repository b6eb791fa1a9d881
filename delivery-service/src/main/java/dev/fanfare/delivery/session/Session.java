package dev.fanfare.delivery.session;

import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.protocol.ClientCommand;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.Codec.BadFrameException;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.protocol.ServerReply.Subscription;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.StreamPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * One client connection and what it has been told. Lives on one event loop; every method is called there.
 *
 * <p>Joining: the client is verified, registered (so that personal messages reach it, and wait), announced to presence,
 * and then, in one turn of the loop, takes its catch-up from the window, is registered for broadcasts and gets its reply.
 * A broadcast that the stream's thread appends meanwhile is either in the catch-up or comes as a later task of the loop,
 * above the session's offset: no gap and no duplicate, without a lock.
 */
public final class Session {

    private static final int MAX_WAITING = 256;

    private final SessionHost host;
    private final Link link;
    private State state = State.NEW;

    private SessionInfo info;
    /** Seconds since 1970. */
    private long expiresAt;

    private Position asked;
    /** Broadcasts up to here were told. */
    private long broadcastOffset;
    /** Personal messages that came before the connect reply. */
    private List<SharedFrames> waiting;

    /** With it the client sends commands by requests of their own; null where the connection takes them. */
    private String oneWayKey;

    private RecentUids recent;
    private boolean awaitingPong;

    /** Where the event loop's lists have the session. */
    private int appPlace;

    private int wheelSlot;
    private int wheelPlace;

    /** Where in its life a session is. */
    private enum State {
        NEW,
        REFUSED,
        JOINING,
        LIVE,
        CLOSED
    }

    Session(SessionHost host, Link link) {
        this.host = host;
        this.link = link;
    }

    /** Who it is; null before the client has proven it. */
    public SessionInfo info() {
        return info;
    }

    Link link() {
        return link;
    }

    public boolean isLive() {
        return state == State.LIVE;
    }

    /** A frame came in. */
    public void onFrame(byte[] frame) {
        List<ClientCommand> commands;
        try {
            commands = link.wire().codec().decode(frame);
        } catch (BadFrameException e) {
            close(CloseCode.BAD_REQUEST);
            return;
        }
        for (ClientCommand command : commands) {
            if (state == State.CLOSED) {
                return;
            }
            onCommand(command);
        }
        link.flush();
    }

    private void onCommand(ClientCommand command) {
        if (command instanceof ClientCommand.Connect connect) {
            onConnect(connect);
        } else if (state != State.LIVE) {
            close(CloseCode.BAD_REQUEST);
        } else if (command instanceof ClientCommand.Pong) {
            onPong();
        } else if (command instanceof ClientCommand.Refresh refresh) {
            onRefresh(refresh);
        } else if (command instanceof ClientCommand.Rpc rpc) {
            reply(host.call(info, rpc));
        } else if (command instanceof ClientCommand.NotAvailable notAvailable) {
            reply(new ServerReply.Failed(notAvailable.id(), ErrorCode.NOT_AVAILABLE));
        } else if (command instanceof ClientCommand.Unknown unknown) {
            reply(new ServerReply.Failed(unknown.id(), ErrorCode.METHOD_NOT_FOUND));
        }
        // A "send" wants no reply, and there is nothing that a client could tell us by it.
    }

    private void onConnect(ClientCommand.Connect connect) {
        if (state != State.NEW) {
            close(CloseCode.BAD_REQUEST);
            return;
        }
        Verdict verdict = host.judge(connect.token());
        if (verdict instanceof Verdict.Valid valid) {
            state = State.JOINING;
            expiresAt = valid.expiresAt().getEpochSecond();
            asked = connect.positions().get(JoinPlan.CHANNEL);
            info = host.identify(valid, connect.data());
            if (link.wire().isOneWay()) {
                oneWayKey = host.registerOneWay(this);
            }
            host.register(this);
            host.announce(info, () -> link.eventLoop().execute(() -> join(connect.id())));
        } else if (verdict instanceof Verdict.Expired) {
            state = State.REFUSED;
            reply(new ServerReply.Failed(connect.id(), ErrorCode.TOKEN_EXPIRED));
        } else if (verdict instanceof Verdict.Blocked) {
            close(CloseCode.BLOCKED);
        } else {
            close(CloseCode.INVALID_TOKEN);
        }
    }

    private void join(int connectId) {
        if (state != State.JOINING) {
            return;
        }
        CatchUp catchUp =
                host.catchUp(info.appKey(), asked == null ? null : new StreamPosition(asked.epoch(), asked.offset()));
        asked = null;
        JoinPlan plan = JoinPlan.of(catchUp, host.config().maxReplyBytes());
        broadcastOffset = catchUp.position().offset();
        state = State.LIVE;
        host.joined(this);
        reply(new ServerReply.Connected(
                connectId,
                info.sessionId(),
                secondsLeft(),
                (int) host.config().pingInterval().toSeconds(),
                List.of(plan.subscription(), new Subscription.Live(personalChannel(info.userId()))),
                oneWayKey == null ? null : new ServerReply.Emulation(host.node(), oneWayKey)));
        for (Broadcast broadcast : plan.thenLive()) {
            reply(BroadcastFrames.reply(broadcast));
        }
        if (waiting != null) {
            waiting.forEach(frames -> {
                link.write(frames.duplicate(link.wire()));
                frames.release();
            });
            waiting = null;
        }
        link.flush();
        cutIfSlow();
    }

    static String personalChannel(String userId) {
        return "#" + userId;
    }

    private void onPong() {
        if (!awaitingPong) {
            close(CloseCode.BAD_REQUEST);
        }
        awaitingPong = false;
    }

    private void onRefresh(ClientCommand.Refresh refresh) {
        Verdict verdict = host.judge(refresh.token());
        if (verdict instanceof Verdict.Valid valid
                && valid.appKey().equals(info.appKey())
                && valid.userId().equals(info.userId())) {
            expiresAt = valid.expiresAt().getEpochSecond();
            reply(new ServerReply.Refreshed(refresh.id(), info.sessionId(), secondsLeft()));
        } else if (verdict instanceof Verdict.Expired) {
            reply(new ServerReply.Failed(refresh.id(), ErrorCode.TOKEN_EXPIRED));
        } else if (verdict instanceof Verdict.Blocked) {
            close(CloseCode.BLOCKED);
        } else {
            close(CloseCode.INVALID_TOKEN);
        }
    }

    private long secondsSinceExpiry() {
        return host.now().getEpochSecond() - expiresAt;
    }

    /** At least 1: a ttl of 0 is left out of the message and would mean "never asks again". */
    private long secondsLeft() {
        return Math.max(1, expiresAt - host.now().getEpochSecond());
    }

    /** A broadcast of the app. */
    void broadcast(BroadcastFrames broadcast) {
        if (broadcast.offset() > broadcastOffset) {
            broadcastOffset = broadcast.offset();
            link.write(broadcast.duplicate(link.wire()));
            link.flush();
            cutIfSlow();
        }
    }

    /** Several broadcasts of the app, in one write; one by one if some of them were in the catch-up. */
    void broadcast(BroadcastRun run) {
        if (run.firstOffset() > broadcastOffset) {
            link.write(run.duplicate(link.wire()));
        } else {
            for (BroadcastFrames broadcast : run.broadcasts()) {
                if (broadcast.offset() > broadcastOffset) {
                    link.write(broadcast.duplicate(link.wire()));
                }
            }
        }
        broadcastOffset = Math.max(broadcastOffset, run.lastOffset());
        link.flush();
        cutIfSlow();
    }

    /** @return whether the client has got it, now or before, or will get it right after its connect reply */
    boolean deliver(String messageUid, SharedFrames frames) {
        if (state != State.LIVE && state != State.JOINING) {
            return false;
        }
        if (recent == null) {
            recent = new RecentUids();
        }
        if (!recent.add(messageUid)) {
            return true;
        }
        if (state == State.JOINING) {
            return enqueue(frames);
        }
        link.write(frames.duplicate(link.wire()));
        link.flush();
        return !cutIfSlow();
    }

    private boolean enqueue(SharedFrames frames) {
        if (waiting == null) {
            waiting = new ArrayList<>();
        }
        if (waiting.size() == MAX_WAITING) {
            return false;
        }
        frames.retain();
        waiting.add(frames);
        return true;
    }

    /** The session's turn of the ping wheel: it is pinged, or sent away if its token has been expired for too long. */
    void ping() {
        if (secondsSinceExpiry() > host.config().expiryGrace().toSeconds()) {
            close(CloseCode.EXPIRED);
            return;
        }
        awaitingPong = true;
        link.write(link.wire().pingFrame());
        link.flush();
    }

    /** The time for the answer to the last ping is over. */
    void checkPong() {
        if (awaitingPong) {
            close(CloseCode.NO_PONG);
        }
    }

    private boolean cutIfSlow() {
        boolean slow = link.pendingBytes() > host.config().maxPendingBytes();
        if (slow) {
            close(CloseCode.SLOW);
        }
        return slow;
    }

    private void reply(ServerReply reply) {
        link.write(link.wire().frame(reply));
    }

    /** Ends the session and its connection. */
    public void close(CloseCode code) {
        if (state != State.CLOSED) {
            link.close(code);
            onClosed();
        }
    }

    /** The connection is gone, by whatever cause. */
    public void onClosed() {
        if (state == State.CLOSED) {
            return;
        }
        State last = state;
        state = State.CLOSED;
        if (waiting != null) {
            waiting.forEach(SharedFrames::release);
            waiting = null;
        }
        if (last == State.LIVE) {
            host.left(this);
        }
        if (last == State.LIVE || last == State.JOINING) {
            host.unregister(this, oneWayKey);
        }
    }

    int appPlace() {
        return appPlace;
    }

    void setAppPlace(int place) {
        appPlace = place;
    }

    int wheelSlot() {
        return wheelSlot;
    }

    void setWheelSlot(int slot) {
        wheelSlot = slot;
    }

    int wheelPlace() {
        return wheelPlace;
    }

    void setWheelPlace(int place) {
        wheelPlace = place;
    }
}
