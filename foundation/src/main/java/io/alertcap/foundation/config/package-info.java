/**
 * Configuration: one YAML file, overridden by environment variables, read once into immutable
 * records and refused whole, with every error at its line. Begin at {@link
 * io.alertcap.foundation.config.ConfigurationSource}.
 */
@NullMarked
package io.alertcap.foundation.config;

import org.jspecify.annotations.NullMarked;
