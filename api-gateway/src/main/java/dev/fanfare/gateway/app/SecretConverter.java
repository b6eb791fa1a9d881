package dev.fanfare.gateway.app;

import dev.fanfare.contracts.Secret;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A secret is text in its column and nowhere else. */
@Converter
class SecretConverter implements AttributeConverter<Secret, String> {

    @Override
    public String convertToDatabaseColumn(Secret secret) {
        return secret == null ? null : secret.reveal();
    }

    @Override
    public Secret convertToEntityAttribute(String column) {
        return column == null ? null : Secret.of(column);
    }
}
