package io.alertcap.trigger.alertmanager;

/** Whether what is made of a body may be kept, which takes several times as much as the body. */
@FunctionalInterface
public interface MemoryBudget {

  /**
   * Takes memory for another alert, until the notification is dealt with.
   *
   * @param bytes estimated, of the heap
   * @return false if there is not so much, and nothing was taken
   */
  boolean reserve(long bytes);
}
