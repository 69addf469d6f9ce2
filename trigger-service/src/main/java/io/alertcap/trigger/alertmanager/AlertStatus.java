package io.alertcap.trigger.alertmanager;

/** Whether one alert still fires; the status of the group it comes with says nothing about it. */
public enum AlertStatus {
  FIRING,
  RESOLVED
}
