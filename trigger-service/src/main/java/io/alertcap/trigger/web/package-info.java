/**
 * The HTTP front: Alertmanager's webhook, the API of captures, and what operators watch. Event
 * loops only move bytes; whatever decides, waits or takes time happens on {@link
 * io.alertcap.trigger.web.Workers}.
 */
@NullMarked
package io.alertcap.trigger.web;

import org.jspecify.annotations.NullMarked;
