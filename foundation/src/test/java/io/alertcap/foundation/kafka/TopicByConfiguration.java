package io.alertcap.foundation.kafka;

import io.alertcap.foundation.config.ConfigurationSource;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/** Says whether events may be written, to the broker of the configuration that it is given. */
final class TopicByConfiguration {

  private TopicByConfiguration() {}

  /** Takes the file. */
  public static void main(String... arguments) {
    KafkaSettings settings =
        ConfigurationSource.file(Path.of(arguments[0]))
            .read(root -> KafkaSettings.from(root.section("kafka")))
            .settings();
    try (Admin admin = Admin.create(ClientProperties.admin(settings, "plugin"))) {
      System.out.println(
          new Topics(settings, admin).check(settings.eventsTopic(), AclOperation.WRITE));
    } catch (KafkaException e) {
      System.out.println(KafkaFailures.unmakeable(e));
    }
  }
}
