package io.alertcap.trigger.web;

import io.alertcap.schemas.Artifact;
import java.net.URI;

/** Where the files of captures are. Thread-safe. */
public interface ArtifactStore {

  /** Looks whether the file is there; blocks for some seconds at most. */
  Location locate(Artifact artifact);

  /** What came of looking. */
  sealed interface Location {

    /**
     * It is there.
     *
     * @param url opens that one file, without credentials, for some minutes: to be given to who
     *     asked, and never to be logged
     */
    record Here(URI url) implements Location {

      @Override
      public String toString() {
        return "Here[(secret)]";
      }
    }

    /**
     * It is not there, and will not be.
     *
     * @param reason a sentence for people
     */
    record Gone(String reason) implements Location {}

    /**
     * The store does not say.
     *
     * @param reason a sentence for people
     */
    record Unavailable(String reason) implements Location {}
  }
}
