package dev.fanfare.standalone.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a template call: the lists pair up by index. */
public record TemplateMessage(
        String fromUserId,
        String objectName,
        String content,
        List<String> toUserId,
        List<Map<String, String>> values,
        List<String> pushContent) {

    public static final String PATH = "/message/system/publish_template.json";

    /**
     * Who gets it, and what stands for the placeholders then.
     *
     * @param texts by the placeholder's name, without braces
     */
    public record Recipient(String user, Map<String, String> texts) {

        private Map<String, String> values() {
            return texts.entrySet().stream()
                    .collect(Collectors.toMap(
                            text -> "{" + text.getKey() + "}",
                            Map.Entry::getValue,
                            (first, second) -> second,
                            LinkedHashMap::new));
        }
    }

    /** @param push the template of the push notification, or null for none */
    public static TemplateMessage of(
            String fromUserId, String objectName, String content, List<Recipient> recipients, String push) {
        return new TemplateMessage(
                fromUserId,
                objectName,
                content,
                recipients.stream().map(Recipient::user).toList(),
                recipients.stream().map(Recipient::values).toList(),
                push == null ? null : recipients.stream().map(recipient -> push).toList());
    }
}
