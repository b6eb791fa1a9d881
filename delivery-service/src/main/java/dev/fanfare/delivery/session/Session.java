package dev.fanfare.delivery.session;

import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.ClientCommand;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.Codec.BadFrameException;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.Slice;
import dev.fanfare.delivery.window.StreamPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * One client connection and what it has been told. Lives on one event loop; every method is called there.
 *
 * <p>Joining: the client is verified, registered (so that personal messages reach it, and wait), announced to presence,
 * and then, in one turn of the loop, takes its catch-up from the window, is registered for broadcasts and gets its reply.
 * From there on it is an offset in the app's stream that only grows by what was written to the client: with the other
 * sessions of the app ({@link AppFanOut}), or on its own where it stands behind them. No gap and no duplicate, without a
 * lock, and nothing is held for a client that does not read.
 */
public final class Session {

    private static final int MAX_WAITING = 256;

    /** Below all offsets: so no run begins where the session stands. */
    private static final long NOT_WITH_THE_OTHERS = Long.MIN_VALUE;

    /** Pieces of the window that are written before others get their turn on the event loop. */
    private static final int SLICES_A_TURN = 16;

    private final SessionHost host;
    private final Link link;
    private State state = State.NEW;

    private SessionInfo info;
    /** Seconds since 1970. */
    private long expiresAt;

    /** Ms since 1970. */
    private long tokenIssuedAt;

    /** Of the app's stream; shared by its sessions. */
    private String epoch;
    /** Broadcasts up to here were told; {@link #NOT_WITH_THE_OTHERS} as long as it is catching up. */
    private long broadcastOffset;
    /** What was held when it joined is being told; null otherwise. */
    private CatchingUp catchingUp;
    /** The user's own messages. */
    private final SessionInbox inbox;

    private final Heartbeat heartbeat;

    /** What was told before the last ping: its pong proves that the client has it. */
    private long pingedOffset;
    /** The position that is kept for the device. */
    private long keptOffset;
    /** Personal messages that came before the connect reply. */
    private List<SharedFrames> waiting;

    /** With it the client sends commands by requests of their own; null where the connection takes them. */
    private String oneWayKey;

    /** Of messages of the moment, which have no offset. */
    private RecentUids recent;

    /** With what the session ends as soon as the client has confirmed what it was told; null if it does not leave. */
    private CloseCode leaving;

    /** The app's sessions on this event loop; null before the session is live. */
    private AppFanOut fanOut;
    /** Reading on is under way: what is written meanwhile must not begin it once more. */
    private boolean reading;
    /** Since when the client takes nothing, seconds since 1970; 0 if it does. */
    private long stalledAt;
    /** With what the session ends when its turn comes, unless the client shows up before; null for most. */
    private CloseCode cutWith;

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
        this.inbox = new SessionInbox(this, host);
        this.heartbeat = new Heartbeat(this, host);
    }

    /** Who it is; null before the client has proven it. */
    public SessionInfo info() {
        return info;
    }

    Link link() {
        return link;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    boolean isJoining() {
        return state == State.JOINING;
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
            host.call(this, rpc).subscribe().with(this::answer);
        } else if (command instanceof ClientCommand.NotAvailable notAvailable) {
            reply(new ServerReply.Failed(notAvailable.id(), ErrorCode.NOT_AVAILABLE));
        } else if (command instanceof ClientCommand.Unknown unknown) {
            reply(new ServerReply.Failed(unknown.id(), ErrorCode.METHOD_NOT_FOUND));
        }
        // A "send" wants no reply, and there is nothing that a client could tell us by it.
    }

    /** The answer to a call, which may come late. */
    private void answer(ServerReply reply) {
        if (state == State.LIVE) {
            reply(reply);
            link.flush();
        }
    }

    private void onConnect(ClientCommand.Connect connect) {
        if (state != State.NEW) {
            close(CloseCode.BAD_REQUEST);
            return;
        }
        Verdict verdict = host.judge(connect);
        if (verdict instanceof Verdict.Valid valid) {
            state = State.JOINING;
            accept(valid);
            Position position = connect.positions().get(JoinPlan.CHANNEL);
            StreamPosition asked = position == null ? null : new StreamPosition(position.epoch(), position.offset());
            info = host.identify(valid, connect.data());
            if (link.wire().isOneWay()) {
                oneWayKey = host.registerOneWay(this);
            }
            host.register(this);
            Position inboxPosition = connect.positions().get(personalChannel(info.userId()));
            host.welcome(info, asked != null, inboxPosition)
                    .emitOn(link.eventLoop())
                    .subscribe()
                    .with(welcome -> join(connect.id(), asked, welcome));
        } else {
            state = State.REFUSED;
            refuse(connect.id(), verdict);
        }
    }

    /** With an expired token the client may come back with a newer one; anything else is the end. */
    private void refuse(int commandId, Verdict verdict) {
        if (verdict instanceof Verdict.Expired) {
            reply(new ServerReply.Failed(commandId, ErrorCode.TOKEN_EXPIRED));
        } else if (verdict instanceof Verdict.Blocked) {
            close(CloseCode.BLOCKED);
        } else {
            close(CloseCode.INVALID_TOKEN);
        }
    }

    private void accept(Verdict.Valid valid) {
        expiresAt = valid.expiresAt().getEpochSecond();
        tokenIssuedAt = valid.issuedAtMillis();
    }

    /** What is known of the user's access has changed. */
    void judgeAgain() {
        if (state == State.JOINING || state == State.LIVE) {
            switch (host.standing(info, tokenIssuedAt)) {
                case GOOD -> {}
                case EXPIRED -> close(CloseCode.EXPIRED);
                case BLOCKED -> close(CloseCode.BLOCKED);
            }
        }
    }

    private void join(int connectId, StreamPosition asked, Welcome welcome) {
        // Once more, for a change that came between the first judgement and the registration.
        judgeAgain();
        if (state != State.JOINING) {
            return;
        }
        CatchUp catchUp = host.catchUp(info.appKey(), asked, welcome.position());
        epoch = catchUp.position().epoch();
        catchingUp = new CatchingUp(catchUp);
        broadcastOffset = NOT_WITH_THE_OTHERS;
        goOnWithTheOthersIfDone();
        inbox.begin(welcome.inbox());
        if (state != State.JOINING) {
            return;
        }
        state = State.LIVE;
        host.joined(this);
        reply(new ServerReply.Connected(
                connectId,
                info.sessionId(),
                secondsLeft(),
                link.hasOwnPing() ? 0 : (int) host.config().pingInterval().toSeconds(),
                List.of(JoinPlan.of(catchUp), JoinPlan.of(welcome.inbox(), personalChannel(info.userId()))),
                oneWayKey == null ? null : new ServerReply.Emulation(host.node(), oneWayKey)));
        fanOut.countJoined(catchUp.broadcasts());
        if (waiting != null) {
            waiting.forEach(frames -> {
                link.write(frames.duplicate(link.wire()));
                frames.release();
            });
            waiting = null;
        }
        link.flush();
        readOn();
        inbox.onJoined();
    }

    static String personalChannel(String userId) {
        return "#" + userId;
    }

    private void onPong() {
        if (heartbeat.onPong()) {
            leaveIfConfirmed();
        } else {
            close(CloseCode.BAD_REQUEST);
        }
    }

    /** An answer to the transport's own ping; a client may send one unasked. */
    public void onTransportPong() {
        if (link.hasOwnPing() && heartbeat.onPong()) {
            leaveIfConfirmed();
        }
    }

    /** The client has answered: it has what it was told before the ping. */
    void onConfirmed() {
        spareFrom(CloseCode.NO_PONG);
        keepPosition(pingedOffset);
        inbox.onPong();
    }

    /** Ends the session when the client has confirmed the messages of its inbox that it was told. */
    void leave(CloseCode code) {
        leaving = code;
        leaveIfConfirmed();
    }

    private void leaveIfConfirmed() {
        if (leaving != null && !inbox.awaitsConfirmation() && !heartbeat.isAwaited()) {
            close(leaving);
        }
    }

    /** The client has all up to here: it goes on from there should it come back without a memory of its own. */
    private void keepPosition(long offset) {
        if (offset > keptOffset) {
            keptOffset = offset;
            host.keepPosition(info, new StreamPosition(epoch, offset));
        }
    }

    private void onRefresh(ClientCommand.Refresh refresh) {
        Verdict verdict = host.judge(refresh, info);
        if (verdict instanceof Verdict.Valid valid
                && valid.appKey().equals(info.appKey())
                && valid.userId().equals(info.userId())) {
            accept(valid);
            reply(new ServerReply.Refreshed(refresh.id(), info.sessionId(), secondsLeft()));
        } else {
            refuse(refresh.id(), verdict);
        }
    }

    private long secondsSinceExpiry() {
        return host.now().getEpochSecond() - expiresAt;
    }

    /** At least 1: a ttl of 0 is left out of the message and would mean "never asks again". */
    private long secondsLeft() {
        return Math.max(1, expiresAt - host.now().getEpochSecond());
    }

    /**
     * Broadcasts of the app. A session that does not stand where they begin gets them by {@link #readOn()}.
     *
     * @return false if the session is left behind
     */
    boolean broadcast(BroadcastRun run) {
        if (broadcastOffset >= run.to()) {
            return true;
        }
        if (!link.isWritable()) {
            cutIfStalled();
            return false;
        }
        if (broadcastOffset < run.from()) {
            return false;
        }
        tell(run);
        return true;
    }

    /**
     * What is due of a run in which the session stands. The offset first: a link that becomes writable says so in the
     * middle of the write, and reading on begins there.
     */
    private void tell(BroadcastRun run) {
        long offset = broadcastOffset;
        broadcastOffset = run.to();
        tell(run, offset);
    }

    private void tell(BroadcastRun run, long offset) {
        if (run.isWholeFor(offset)) {
            link.writeShared(run.whole(link.wire()));
            run.countWhole();
        } else {
            link.write(run.after(offset, link.wire()));
            link.flush();
            run.countAfter(offset);
        }
    }

    /** Reads on in the window until the session stands with the others, or the client does not take more for now. */
    private void readOn() {
        if (reading) {
            return;
        }
        reading = true;
        boolean more = readSlices();
        reading = false;
        if (more) {
            link.eventLoop().execute(this::readOn);
        }
    }

    /** @return whether there is more to read after a turn for others */
    private boolean readSlices() {
        for (int i = 0; i < SLICES_A_TURN; i++) {
            if (state != State.LIVE || !link.isWritable()) {
                return false;
            }
            if (catchingUp != null) {
                readHeld();
            } else if (broadcastOffset >= fanOut.target()) {
                return false;
            } else {
                readMissed();
            }
        }
        return true;
    }

    private void readMissed() {
        BroadcastRun told = fanOut.toldAt(broadcastOffset);
        if (told == null) {
            readOwn();
        } else {
            tell(told);
            told.release();
        }
    }

    private void readHeld() {
        BroadcastRun told = fanOut.toldBefore(catchingUp);
        if (told != null) {
            tellHeld(told);
            return;
        }
        Slice slice = fanOut.readFor(catchingUp);
        if (slice.lost()) {
            onLost();
        } else if (slice.isEmpty()) {
            skipTo(fanOut.boundaryAfter(catchingUp));
        } else {
            tellHeld(fanOut.runOf(slice));
        }
    }

    /** @param run the caller's reference goes with it */
    private void tellHeld(BroadcastRun run) {
        long offset = catchingUp.offset();
        catchingUp.moveTo(run.to());
        tell(run, offset);
        run.release();
        goOnWithTheOthersIfDone();
    }

    /** Nothing is due to the session up to there. */
    private void skipTo(long offset) {
        if (offset >= catchingUp.joined().end() && catchingUp.seemsToMissSomething()) {
            reposition(JoinPlan.CHANNEL, epoch, offset);
        }
        catchingUp.moveTo(offset);
        goOnWithTheOthersIfDone();
    }

    private void goOnWithTheOthersIfDone() {
        if (catchingUp != null && catchingUp.isDone()) {
            broadcastOffset = catchingUp.offset();
            catchingUp = null;
        }
    }

    /** The client was told all broadcasts up to here that are due to it. */
    private long toldUpTo() {
        return catchingUp == null ? broadcastOffset : catchingUp.offset();
    }

    /** From the window, with bytes of the session's own. */
    private void readOwn() {
        Slice slice = fanOut.readFor(broadcastOffset);
        if (slice.lost()) {
            onLost();
        } else if (slice.isEmpty()) {
            broadcastOffset = fanOut.boundaryAfter(broadcastOffset);
        } else {
            BroadcastRun run = fanOut.runOf(slice);
            tell(run);
            run.release();
        }
    }

    /** The window does not hold any more what comes next: the client comes back, and is told that something is missing. */
    void onLost() {
        close(CloseCode.INSUFFICIENT_STATE);
    }

    /** The client took what waited for it. */
    public void onWritable() {
        stalledAt = 0;
        spareFrom(CloseCode.SLOW);
        if (state == State.LIVE) {
            readOn();
            inbox.readOn();
        }
    }

    private void cutIfStalled() {
        long now = host.now().getEpochSecond();
        if (stalledAt == 0) {
            stalledAt = now;
        } else if (now - stalledAt > host.config().slowTimeout().toSeconds()) {
            cutSoon(CloseCode.SLOW);
        }
    }

    /** Thousands may be cut by one broadcast or one ping; those who are there must not wait for it. */
    void cutSoon(CloseCode code) {
        if (cutWith == null) {
            cutWith = code;
            host.cutSoon(this);
        }
    }

    private void spareFrom(CloseCode code) {
        if (cutWith == code) {
            cutWith = null;
        }
    }

    /** Its turn has come. */
    void cut() {
        if (cutWith != null) {
            close(cutWith);
        }
    }

    /** A message of the user's inbox; {@code handover} is told what becomes of it. */
    void take(InboxPosition at, String messageUid, SharedFrames frames, Handover handover) {
        if (state == State.LIVE || state == State.JOINING) {
            inbox.take(at, messageUid, frames, handover);
        } else {
            handover.unconfirmed();
        }
    }

    SessionInbox inbox() {
        return inbox;
    }

    /** Whether the client takes what it is told. */
    boolean takesMore() {
        return link.isWritable();
    }

    /** @return false if the client does not take it now */
    boolean tell(SharedFrames frames) {
        boolean takes = link.isWritable();
        if (takes) {
            link.writeShared(frames.view(link.wire()));
        } else {
            cutIfStalled();
        }
        return takes;
    }

    /** A message that was read from the inbox; leaves with the next flush. */
    void tell(InboxMessage message) {
        reply(new ServerReply.Published(
                personalChannel(info.userId()), new ServerReply.Publication(message.offset(), message.data())));
    }

    /** Sends what was written. */
    void flush() {
        link.flush();
    }

    /** The client learns where it is in its inbox; what it is told next follows there. */
    void reposition(InboxPosition position) {
        reposition(personalChannel(info.userId()), position.epochText(), position.offset());
    }

    private void reposition(String channel, String channelEpoch, long offset) {
        reply(new ServerReply.Repositioned(channel, channelEpoch, offset));
        link.flush();
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
        link.writeShared(frames.view(link.wire()));
        return !cutIfTooMuchWaits();
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
        } else {
            heartbeat.ping();
        }
    }

    /** What was told until now, the answer proves that the client has it. */
    void writePing() {
        pingedOffset = toldUpTo();
        inbox.onPing();
        link.write(link.pingFrame());
        link.flush();
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    private boolean cutIfTooMuchWaits() {
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
            // Who does not answer does not read, whatever its system, or a proxy, has taken.
            if (code != CloseCode.NO_PONG) {
                keepPositionIfAllTaken();
            }
            link.close(code);
            onClosed(code);
        }
    }

    /** The client ends the connection; nothing was broken off. The connection must still be open. */
    public void onLeft() {
        if (state != State.CLOSED) {
            keepPositionIfAllTaken();
            onClosed();
        }
    }

    /**
     * At the end it would be a pity to fall back to the last pong, which may be half a minute old: the device would be
     * shown again what it has shown. In doubt it is. Messages of the inbox the client alone confirms: what its system has
     * taken the app may never have seen, and then its device needs a push.
     */
    private void keepPositionIfAllTaken() {
        if (state == State.LIVE && toldUpTo() > keptOffset && link.isAllTaken()) {
            keepPosition(toldUpTo());
        }
    }

    /** The connection is gone, by whatever cause. */
    public void onClosed() {
        onClosed(null);
    }

    private void onClosed(CloseCode code) {
        if (state == State.CLOSED) {
            return;
        }
        State last = state;
        state = State.CLOSED;
        if (waiting != null) {
            waiting.forEach(SharedFrames::release);
            waiting = null;
        }
        inbox.onClosed();
        heartbeat.onClosed();
        if (last == State.LIVE) {
            host.left(this, code);
        }
        if (last == State.LIVE || last == State.JOINING) {
            host.unregister(this, oneWayKey);
        }
    }

    AppFanOut fanOut() {
        return fanOut;
    }

    void setFanOut(AppFanOut app) {
        fanOut = app;
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
