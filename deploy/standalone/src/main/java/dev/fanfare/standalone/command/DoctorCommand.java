package dev.fanfare.standalone.command;

import dev.fanfare.standalone.doctor.Examination;
import dev.fanfare.standalone.doctor.Finding;
import dev.fanfare.standalone.launch.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fanfare doctor}: looks an installation over and says what is wrong and what to do. */
@Command(
        name = "doctor",
        description = "Look an installation over, this machine's or another, and say what to do; exit code 1 if"
                + " something is wrong.")
public final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private DoctorOptions options;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Console console = new Console(command.commandLine().getOut());
        int wrong = 0;
        for (Examination examination : options.examinations()) {
            for (Finding finding : examination.examine()) {
                tell(console, finding);
                wrong += finding.isWell() ? 0 : 1;
            }
        }
        console.blank();
        console.line(wrong == 0 ? "Nothing is wrong." : wrong == 1 ? "One finding." : wrong + " findings.");
        return wrong == 0 ? 0 : 1;
    }

    private static void tell(Console console, Finding finding) {
        console.line(String.format("  %s %-22s %s", finding.isWell() ? "✔" : "✘", finding.part(), finding.text()));
        if (!finding.isWell()) {
            console.line(" ".repeat(27) + "→ " + finding.advice());
        }
    }
}
