package dev.fanfare.gateway.zim;

import dev.fanfare.contracts.command.Violation;

/**
 * What is wrong with a call, or with one of its users.
 *
 * @param text what to change; never repeats the value
 */
public record ZimProblem(ZimError error, String text) {

    public static ZimProblem of(ZimError error) {
        return new ZimProblem(error, error.text());
    }

    public static ZimProblem parameter(String text) {
        return new ZimProblem(ZimError.PARAMETER, text);
    }

    /** What a rule of commands says, in the codes of ZIM's API. */
    public static ZimProblem of(Violation violation) {
        ZimError error =
                switch (violation.kind()) {
                    case MISSING, MALFORMED, TOO_MANY -> ZimError.PARAMETER;
                    case TOO_LONG -> ZimError.MESSAGE_TOO_LONG;
                };
        return new ZimProblem(error, violation.text());
    }
}
