package io.alertcap.foundation.config;

import java.util.List;

/**
 * A configuration without errors.
 *
 * @param warnings for the log: variables that look meant for alertcap and changed nothing
 */
public record Loaded<T>(T settings, List<String> warnings) {}
