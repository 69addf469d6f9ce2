package io.alertcap.foundation.config;

/**
 * Where a value was given, so that the one who reads the error knows where to change it. The lines
 * of the file come in their order, variables after them.
 */
record Location(String name, int rank) implements Comparable<Location> {

  /** A line of the file, counted from 1; 0 is the file as a whole. */
  static Location line(String file, int number) {
    return new Location(number == 0 ? file : file + ":" + number, number);
  }

  static Location variable(String name) {
    return new Location(name, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(Location other) {
    return rank == other.rank ? name.compareTo(other.name) : Integer.compare(rank, other.rank);
  }

  @Override
  public String toString() {
    return name;
  }
}
