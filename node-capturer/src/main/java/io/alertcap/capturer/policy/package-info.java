/** What this node lets itself be told: its policy and its budgets, whatever a command says. */
@NullMarked
package io.alertcap.capturer.policy;

import org.jspecify.annotations.NullMarked;
