/** What tests need of a machine beyond Java: its programs, containers, cgroups. */
@NullMarked
package io.alertcap.capturer.lab;

import org.jspecify.annotations.NullMarked;
