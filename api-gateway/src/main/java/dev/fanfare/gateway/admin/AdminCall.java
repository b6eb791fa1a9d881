package dev.fanfare.gateway.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a call of the admin API needs, and what it is called in the audit log. A call without it is open to nobody. The app
 * that a call is about is the field {@code key} of its path.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdminCall {

    AdminScope value();

    /** What is recorded; empty for a call that only reads. */
    String act() default "";

    /** Whether a call without an app in its path leaves out by itself what the token is not for. */
    boolean filtersApps() default false;
}
