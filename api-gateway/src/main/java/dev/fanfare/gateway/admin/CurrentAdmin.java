package dev.fanfare.gateway.admin;

import dev.fanfare.gateway.audit.Act;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who makes the call that is under way, and what it is. {@link AdminDoor} finds it out before the call's method runs. */
@RequestScoped
public class CurrentAdmin {

    private Admin admin;
    private String address;
    private Act act;

    void enter(Admin who, String from) {
        admin = who;
        address = from;
    }

    /** @param app null: none, or not known yet */
    void wants(AdminCall call, String app, String detail) {
        act = call.act().isEmpty()
                ? null
                : new Act(admin.name(), address, call.act(), app == null ? "" : app, detail == null ? "" : detail);
    }

    public Admin admin() {
        return admin;
    }

    /** What is to be recorded; only for a call that has {@link AdminCall#act()}. */
    public Act act() {
        return begun().orElseThrow();
    }

    /** The same, when its path does not say yet what it is about. */
    public Act actOn(String app, String detail) {
        act = new Act(act.actor(), act.address(), act.what(), app, detail);
        return act;
    }

    /** Empty: nobody was let in, there is no such call, or it only reads. */
    Optional<Act> begun() {
        return Optional.ofNullable(act);
    }
}
